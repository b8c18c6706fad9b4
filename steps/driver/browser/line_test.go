package browser_test

import (
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// brokenWords tells, as 「もし|くは」, which words a line of the page breaks.
const brokenWords = `(() => {
  const words = /もしくは|ご本人様確認|受取方法|\d+桁目から/g;
  const line = document.createRange(), found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    if (!text.parentElement.checkVisibility()) continue;
    for (const word of text.data.matchAll(words)) {
      const tops = [...word[0]].map((_, i) => {
        line.setStart(text, word.index + i);
        line.setEnd(text, word.index + i + 1);
        return line.getBoundingClientRect().top;
      });
      const at = tops.findIndex((top) => top > tops[0] + 4);
      if (at > 0) found.push(word[0].slice(0, at) + "|" + word[0].slice(at));
    }
  }
  return found;
})()`

// noWordBroken reports each word of the page that stands on two lines.
func noWordBroken(t *testing.T, page playwright.Page, what string) {
	t.Helper()
	for _, word := range evaluate[[]string](t, page, brokenWords) {
		t.Errorf("%s breaks %s", what, word)
	}
}

// small is the narrowest phone that many people have.
var small = width{"360 px", 360, 640, 2, true}

func TestLinesAndButtonsOfAPhone(t *testing.T) {
	t.Parallel()
	b, _ := newChromium(t)
	_, stories := galleryOf(t, b)
	page := newPage(t, b, phone)
	seen := 0
	for _, address := range stories {
		switch nameOf(address) {
		case "passcode", "call", "app-passcode":
			visit(t, page, address)
			wide := evaluate[[]int](t, page, `[...new Set([...document.querySelectorAll("main .submit .button")].map(b => Math.round(b.getBoundingClientRect().width)))]`)
			if len(wide) != 1 {
				t.Errorf("%s at %s has buttons of %v px", nameOf(address), phone.name, wide)
			}
			seen++
		}
	}
	if seen != 3 {
		t.Errorf("%d screens were looked at: %s", seen, strings.Join(stories, " "))
	}
	page = newPage(t, b, small)
	for _, address := range stories {
		switch nameOf(address) {
		case "entrance", "input", "app-destination-landline":
			visit(t, page, address)
			noWordBroken(t, page, nameOf(address)+" at "+small.name)
		}
	}
}
