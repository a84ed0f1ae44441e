"""The app's own script and style sheet, on paths of their own: the policy allows no inline script."""

SCRIPT_PATH = "/ngon-ngu.js"
STYLE_PATH = "/trinh-bay.css"

# The language changes without loading the page anew; this keeps <html lang> in step with the address.
SCRIPT = """\
const tell = () => {
  const lang = new URLSearchParams(location.search).get("lang");
  document.documentElement.lang = lang === "en" ? "en" : "vi";
};
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
STYLE = """\
[data-testid="stMainBlockContainer"] { padding: 4rem 2rem 2rem !important; }
[data-testid="stMainBlockContainer"] [data-testid="stVerticalBlock"] { gap: 0.6rem; }
[data-testid="stHeading"] h1 { font-size: 1.9rem !important; padding: 0.1rem 0 !important; }
[data-testid="stHeading"] h2 { font-size: 1.6rem !important; padding: 0.1rem 0 !important; }
[data-testid="stHeading"] h3 { font-size: 1.2rem !important; padding: 0.4rem 0 0 !important; }
[data-testid="stMetricValue"] { font-size: 1.6rem !important; }
[data-testid="stHeading"] [data-testid="stMarkdownContainer"] { margin-bottom: 0 !important; }
[data-testid="InputInstructions"] { display: none; }
[data-testid="stCaptionContainer"] { color: #404040 !important; opacity: 1 !important; }
"""
