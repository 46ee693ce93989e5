"""What staff's screens say, one file a screen file of the same name."""
