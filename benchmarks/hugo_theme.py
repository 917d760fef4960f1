"""A small theme for Hugo: breadcrumb, contents and neighbours beside an article, lists of articles; no search."""

from __future__ import annotations

FRAME = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
{{ with .Description }}<meta name="description" content="{{ . }}">{{ end }}
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><a href="/">{{ site.Title }}</a></header>
<main>{{ block "main" . }}{{ end }}</main>
<footer>{{ site.Title }}</footer>
</body>
</html>
"""
HOME = """\
{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>{{ range .Sections }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> ({{ len .RegularPages }})<br>{{ .Description }}</li>{{ end }}
</ul>
{{ end }}
"""
SECTION = """\
{{ define "main" }}
<nav aria-label="Breadcrumb"><a href="/">{{ site.Home.Title }}</a></nav>
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>{{ range .RegularPages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><br>{{ .Description }}</li>{{ end }}
</ul>
{{ end }}
"""
ARTICLE = """\
{{ define "main" }}
<nav aria-label="Breadcrumb">{{ range .Ancestors.Reverse }}
<a href="{{ .RelPermalink }}">{{ .Title }}</a> /{{ end }}</nav>
<article><h1>{{ .Title }}</h1>
{{ .Content }}
</article>
<aside>{{ .TableOfContents }}
<ul>{{ $before := .PrevInSection }}{{ $after := .NextInSection }}{{ range seq 5 }}
{{ with $before }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ $before = .PrevInSection }}{{ end }}
{{ with $after }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ $after = .NextInSection }}{{ end }}{{ end }}
</ul></aside>
{{ end }}
"""
STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 70rem; padding: 1rem }
header, footer { padding: 1rem 0 }
pre { overflow-x: auto; padding: 1rem }
table { border-collapse: collapse }
th, td { border-bottom: 1px solid; padding: .5rem; text-align: start }
img { height: auto; max-width: 100% }
@media (min-width: 60rem) { main { display: grid; grid-template-columns: 3fr 1fr; gap: 2rem } }
"""
LAYOUTS = {
    "layouts/baseof.html": FRAME,
    "layouts/home.html": HOME,
    "layouts/section.html": SECTION,
    "layouts/page.html": ARTICLE,
    "layouts/404.html": '{{ define "main" }}<h1>Not found</h1>{{ end }}\n',
    "static/style.css": STYLE,
}
"""The files of the theme."""
