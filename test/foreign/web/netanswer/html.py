"""Page frame and the few building blocks all pages share."""
from __future__ import annotations

from html import escape

STEPS = ("入力", "確認", "完了")
ARROW = '<span class="arrow" aria-hidden="true">→</span>'


def e(value) -> str:
    return escape(str(value), quote=True)


class Ui:
    """Knows the base path, the kind of terminal and the session of one request."""

    def __init__(self, base_path: str, smartphone: bool, csrf: str = "", logged_in: bool = False) -> None:
        self.base, self.smartphone, self.csrf, self.logged_in = base_path, smartphone, csrf, logged_in

    def url(self, path: str) -> str:
        return e(self.base + path)

    def pc(self, markup: str) -> str:
        """Only for personal computers (a narrow window is treated like a smartphone by the CSS)."""
        return "" if self.smartphone else f'<div class="pc-only">{markup}</div>'

    def sp(self, markup: str) -> str:
        return f'<div class="sp-only">{markup}</div>'

    def token(self) -> str:
        return f'<input type="hidden" name="csrf" value="{e(self.csrf)}">'

    def form(self, action: str, inner: str, css: str = "") -> str:
        return (f'<form method="post" action="{self.url(action)}" class="{css}" novalidate>'
                f'{self.token()}{inner}</form>')

    def page(self, title: str, body: str, *, header: str = "", step: int | None = None,
             scripts: tuple[str, ...] = (), heading: str | None = None) -> str:
        kind = "ua-sp" if self.smartphone else "ua-any"
        tags = "".join(f'<script src="{self.url("/assets/" + s)}" defer></script>' for s in scripts)
        h1 = f"<h1>{e(heading)}</h1>" if heading else ""
        logout = ""
        if self.logged_in:
            logout = self.form("/logout", '<button class="plain">ログアウト</button>')
        return f"""<!DOCTYPE html>
<html lang="ja" class="no-js {kind}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{e(title)}｜セゾンカード</title>
<link rel="icon" type="image/svg+xml" href="{self.url("/assets/favicon.svg")}">
<link rel="stylesheet" href="{self.url("/assets/style.css")}">
<script src="{self.url("/assets/start.js")}"></script>
{tags}
</head>
<body>
<a class="skip" href="#main">本文へ移動</a>
<header class="site">
<p class="brand"><a href="{self.url("/top")}">セゾンカード</a></p>
{header}{logout}
</header>
<main id="main" tabindex="-1">
{h1}
{progress(step)}
{body}
</main>
<footer class="site"><p>株式会社クレディセゾン</p></footer>
</body>
</html>"""


def progress(step: int | None) -> str:
    if step is None:
        return ""
    items = []
    for index, name in enumerate(STEPS):
        state = ' aria-current="step"' if index == step else ""
        css = "done" if index < step else "now" if index == step else "todo"
        items.append(f'<li class="{css}"{state}>{name}</li>')
    return f'<ol class="progress" aria-label="お手続きの進み具合">{"".join(items)}</ol>'


def alert(text: str) -> str:
    return f'<div class="alert" role="alert"><p>{e(text)}</p></div>' if text else ""


def done(text: str) -> str:
    return f'<p class="ok" role="status">{e(text)}</p>' if text else ""


def error_summary(errors: dict[str, list[str]], targets: dict[str, tuple[str, str]]) -> str:
    """``targets``: field -> (element id, name of the field as the customer knows it)."""
    if not errors:
        return ""
    items = "".join(
        f'<li><a href="#{targets[name][0]}">{e(targets[name][1])}</a>：{e("、".join(texts))}</li>'
        for name, texts in errors.items())
    return ('<div class="alert" role="alert" tabindex="-1" id="errors">'
            f'<p>ご入力内容に誤りがあります。ご確認ください。</p><ul>{items}</ul></div>')


def field_error(name: str, errors: dict[str, list[str]]) -> str:
    if name not in errors:
        return ""
    lines = "<br>".join(e(text) for text in errors[name])
    return f'<p class="field-error" id="{name}-error">{lines}</p>'


def described(name: str, errors: dict[str, list[str]], *hints: str) -> str:
    """aria attributes of an input: its hints, and its error if it has one."""
    ids = list(hints)
    invalid = ""
    if name in errors:
        ids.insert(0, f"{name}-error")
        invalid = ' aria-invalid="true"'
    return (f' aria-describedby="{" ".join(ids)}"' if ids else "") + invalid


def yen(amount: int) -> str:
    return f"{amount:,}円"
