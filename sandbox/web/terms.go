package web

import "strings"

// An article of the terms of use: its heading and its paragraphs.
type article struct {
	Heading    string
	Paragraphs []string
}

// articles takes the terms apart. Each line is a paragraph; one that begins
// with 第 heads an article.
func articles(terms string) []article {
	var all []article
	for line := range strings.Lines(terms) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "第") || len(all) == 0:
			all = append(all, article{Heading: line})
		default:
			last := &all[len(all)-1]
			last.Paragraphs = append(last.Paragraphs, line)
		}
	}
	return all
}
