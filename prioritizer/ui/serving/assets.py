"""The app's own script and style sheet, on paths of their own: the policy allows no inline script."""

import json

from prioritizer import locale

SCRIPT_PATH = "/ngon-ngu.js"
STYLE_PATH = "/trinh-bay.css"

# The language changes without loading the page anew, and so does the big screen: this keeps <html> in step
# with the address. Escape leaves the big screen, unless it closes something else first.
SCRIPT = """\
const tell = () => {
  const lang = new URLSearchParams(location.search).get("lang");
  document.documentElement.lang = lang === "en" ? "en" : "vi";
  document.documentElement.dataset.screen =
    new URLSearchParams(location.search).get("screen") === "big" ? "big" : "usual";
};
addEventListener("keydown", (event) => {
  const open = document.querySelector('[role="dialog"], [role="listbox"]');
  if (event.key === "Escape" && !open) {
    document.querySelector(".st-key-leave-big-screen button")?.click();
  }
});
for (const name of ["pushState", "replaceState"]) {
  const was = history[name];
  history[name] = function (...args) {
    was.apply(this, args);
    tell();
  };
}
addEventListener("popstate", tell);
tell();
"""

# A projector has 1280 by 720: less air around, headings that leave room for figures.
_LAYOUT = """\
[data-testid="stMainBlockContainer"] { padding: 4rem 2rem 2rem !important; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
[data-testid="stHeading"] h1 { font-size: 1.9rem !important; padding: 0.1rem 0 !important; }
[data-testid="stHeading"] h2 { font-size: 1.6rem !important; padding: 0.1rem 0 !important; }
[data-testid="stHeading"] h3 { font-size: 1.2rem !important; padding: 0.4rem 0 0 !important; }
[data-testid="stMetricValue"] { font-size: 1.6rem !important; }
[data-testid="stHeading"] [data-testid="stMarkdownContainer"] { margin-bottom: 0 !important; }
[data-testid="InputInstructions"] { display: none; }
[data-testid="stCaptionContainer"] { color: #404040 !important; opacity: 1 !important; }

/* The big screen: what a room reads, larger; what one person types into is away. */
html[data-screen="big"] [data-testid="stMainBlockContainer"] { zoom: 1.25; padding-top: 3.2rem !important; }
html[data-screen="big"] :is(
  [data-testid="stTextInput"], [data-testid="stTextArea"], [data-testid="stSelectbox"],
  [data-testid="stMultiSelect"], [data-testid="stSlider"], [data-testid="stCheckbox"],
  [data-testid="stRadio"], [data-testid="stDateInput"], [data-testid="stFileUploader"],
  [data-testid="stForm"], [data-testid="stExpander"], [data-testid="stDownloadButton"],
  [data-testid="stButton"], [data-testid="stCaptionContainer"], [data-testid="stTooltipIcon"],
  [data-testid="stCode"]
) { display: none !important; }
html[data-screen="big"] :is(.st-key-lang-choice, .st-key-compare-look) { display: none !important; }
/* Grids and charts measure themselves unzoomed; charts bring larger letters of their own. */
html[data-screen="big"] :is([data-testid="stDataFrame"], [data-testid="stVegaLiteChart"]) { zoom: 0.8; }
html[data-screen="big"] .st-key-leave-big-screen [data-testid="stButton"] { display: block !important; }
"""

# The file box speaks English only and takes no words of its own: ours stand in the place of its.
_FILE_BOX = {
    "button": '[data-testid="stFileUploaderDropzone"] > span button p',
    "size": '[data-testid="stFileUploaderDropzoneInstructions"] span',
    "dragged": '[data-testid="stFileUploaderDropzone"] > input + div > span:only-child',
}

_PACK_BOX = '[class*="st-key-pack-file"]'


def _instead(lang: str, selector: str, said: str) -> str:
    place = f"html:lang({lang}) {selector}"
    return (
        f"{place} {{ font-size: 0 !important; }}\n"  # hidden, it would leave the button without a name
        f"{place}::after {{ font-size: 1rem; content: {_quoted(said)}; }}\n"
    )


def _quoted(said: str) -> str:
    return json.dumps(said, ensure_ascii=False)


STYLE = _LAYOUT + "".join(
    _instead(lang, selector, locale.say(f"bringing.box.{name}", lang))
    for lang in locale.LANGS
    for name, selector in _FILE_BOX.items()
)
STYLE += "".join(
    _instead(lang, f"{_PACK_BOX} {selector}", locale.say(f"meeting.box.{name}", lang))
    for lang in locale.LANGS
    for name, selector in _FILE_BOX.items()
)
