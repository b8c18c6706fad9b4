package screen

import (
	"strings"
	"sync/atomic"
)

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

// termsOf are the terms of use, article by article, behind the button that shuts them.
func (k *maker) termsOf(style string, shut Element) Element {
	articles := elementsOf(k.m.Terms())
	e := Element{Kind: Terms, Name: "terms", Text: k.say("terms"), Style: style, Behind: "terms_open"}
	e.Content = append(append(make([]Element, 0, 1+len(articles)), shut), articles...)
	return e
}

// written are terms and what they are on a screen. They are long, asked for with
// every form, and in nearly every world the same.
type written struct {
	terms    string
	elements []Element
}

var lastWritten atomic.Pointer[written]

// elementsOf are terms as elements, which nobody changes.
func elementsOf(terms string) []Element {
	if last := lastWritten.Load(); last != nil && last.terms == terms {
		return last.elements
	}
	var all []Element
	for _, article := range Articles(terms) {
		all = append(all, Element{Kind: Heading, Text: article.Heading, Style: "3"})
		for _, paragraph := range article.Paragraphs {
			all = append(all, Element{Kind: Text, Text: paragraph})
		}
	}
	lastWritten.Store(&written{terms, all})
	return all
}
