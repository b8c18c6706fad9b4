package screen

import "strings"

// An Article of the terms of use: its heading and its paragraphs.
type Article struct {
	Heading    string
	Paragraphs []string
}

// Articles takes the terms apart. Each line is a paragraph; one that begins
// with 第 heads an article, and so does the first.
func Articles(terms string) []Article {
	var all []Article
	for line := range strings.Lines(terms) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "第") || len(all) == 0:
			all = append(all, Article{Heading: line})
		default:
			last := &all[len(all)-1]
			last.Paragraphs = append(last.Paragraphs, line)
		}
	}
	return all
}
