"""What buyers' screens say, one file a screen file of the same name."""
