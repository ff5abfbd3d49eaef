"""Reading pages: text of elements by class or tag, with the standard library only."""

from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect", "use"}


class Page(HTMLParser):
    """Elements in document order: (tag, attributes, own and inner text)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = (tag, {name: value or "" for name, value in attrs}, [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i][0] == tag:
                del self._open[i:]
                return

    def handle_data(self, data: str) -> None:
        for _tag, _attrs, text in self._open:
            text.append(data)

    def texts(self, css_class: str) -> list[str]:
        """Squeezed texts of the elements with this class."""
        return [
            " ".join("".join(text).split())
            for _tag, attrs, text in self.elements
            if css_class in attrs.get("class", "").split()
        ]

    def attributes(self, tag: str) -> list[dict[str, str]]:
        """Attributes of all elements with this tag."""
        return [attrs for name, attrs, _text in self.elements if name == tag]


def figure(html: str, subject: str) -> tuple[str, str]:
    """(state, value text) of a subject on a parcel page."""
    page = Page(html)
    for i, (tag, attrs, _text) in enumerate(page.elements):
        if tag == "details" and attrs.get("data-subject") == subject:
            state = next(c for c in attrs["class"].split() if c.startswith("is-"))
            value = next(t for _n, a, t in page.elements[i:] if "figure-value" in a.get("class", "").split())
            return state, " ".join("".join(value).split())
    raise AssertionError(f"no {subject} on the page")
