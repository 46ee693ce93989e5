// The texts of a page that do not stand out enough. Colors behind colors are mixed; of a gradient every stop
// counts, and the worst decides.
const parse = (color) => {
  const found = color.match(/[\d.]+/g).map(Number);
  const unit = color.startsWith("color(") ? 255 : 1; // color(srgb 0.2 …), which color-mix() becomes
  return [...found.slice(0, 3).map((each) => each * unit), found[3] ?? 1];
};
const mix = (over, under) => [0, 1, 2].map((at) => over[at] * over[3] + under[at] * (1 - over[3])).concat(1);
const bright = (color) => color.slice(0, 3).map((each) => each / 255)
  .map((each) => (each <= .03928 ? each / 12.92 : ((each + .055) / 1.055) ** 2.4))
  .reduce((sum, each, at) => sum + each * [.2126, .7152, .0722][at], 0);
const ratio = (a, b) => { const [low, high] = [bright(a), bright(b)].sort((x, y) => x - y); return (high + .05) / (low + .05); };
function behind(element) {
  if (!element) return [[255, 255, 255, 1]];
  const style = getComputedStyle(element);
  const stops = style.backgroundImage.startsWith("linear") ? style.backgroundImage.match(/rgba?\([^)]*\)/g).map(parse) : null;
  if (stops) return stops;
  const own = parse(style.backgroundColor);
  return own[3] === 1 ? [own] : behind(element.parentElement).map((under) => mix(own, under));
}
const weak = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  const words = walker.currentNode.textContent.trim();
  if (!words || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || ["SCRIPT", "STYLE"].includes(element.tagName)) continue;
  const color = parse(getComputedStyle(element).color);
  const worst = Math.min(...behind(element).map((under) => ratio(mix(color, under), under)));
  if (worst < arguments[0]) weak.push(`${words.slice(0, 40)} (${element.className || element.tagName}): ${worst.toFixed(2)}`);
}
return weak;
