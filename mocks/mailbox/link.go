package mailbox

import (
	"html"
	"regexp"
	"strings"
)

// A Link is one that a reader of a mail can follow.
type Link struct {
	URL  string `json:"url"`
	Text string `json:"text,omitempty" doc:"what stands there to be clicked; left out where it is the address itself"`
}

// maxLinks bounds the links of a mail.
const maxLinks = 1000

var (
	href    = regexp.MustCompile(`(?is)\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))`)
	address = regexp.MustCompile(`(?i)\bhttps?://[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+`)
)

// Links are the links of the mail, in the order they stand in: those of its HTML,
// then those of its text that are not among them.
func (m Mail) Links() []Link {
	var all []Link
	seen := map[string]bool{}
	add := func(url, text string) {
		if url = strings.TrimSpace(url); url == "" || strings.HasPrefix(url, "#") || len(all) >= maxLinks {
			return
		}
		if scheme, _, _ := strings.Cut(strings.ToLower(url), ":"); scheme == "javascript" || scheme == "data" || scheme == "cid" {
			return
		}
		if text = strings.Join(strings.Fields(text), " "); text == url {
			text = ""
		}
		if !seen[url+"\x00"+text] {
			seen[url+"\x00"+text] = true
			seen[url] = true
			all = append(all, Link{url, text})
		}
	}
	url, text := "", ""
	each(m.HTML, func(t tag) {
		switch {
		case t.name == "":
			if url != "" {
				text += html.UnescapeString(t.text)
			}
		case t.name == "img" && url != "":
			if alt := alternative.FindStringSubmatch(t.text); alt != nil {
				text += html.UnescapeString(alt[1] + alt[2])
			}
		case t.name == "a" || t.name == "area":
			if url != "" {
				add(url, text)
			}
			url, text = "", ""
			if found := href.FindStringSubmatch(t.text); found != nil && !t.closes {
				url = html.UnescapeString(found[1] + found[2] + found[3])
				if t.name == "area" {
					add(url, "")
					url = ""
				}
			}
		}
	})
	if url != "" {
		add(url, text)
	}
	for _, url := range address.FindAllString(m.Text+"\n"+m.Visible(), maxLinks) {
		if url = ended(url); !seen[url] {
			add(url, "")
		}
	}
	return all
}

var alternative = regexp.MustCompile(`(?is)\balt\s*=\s*(?:"([^"]*)"|'([^']*)')`)

// ended is an address without what ends the sentence that it stands in.
func ended(url string) string {
	for {
		shorter := strings.TrimRight(url, ".,;:!?'")
		if strings.HasSuffix(shorter, ")") && strings.Count(shorter, "(") < strings.Count(shorter, ")") ||
			strings.HasSuffix(shorter, "]") && strings.Count(shorter, "[") < strings.Count(shorter, "]") {
			shorter = shorter[:len(shorter)-1]
		}
		if shorter == url {
			return url
		}
		url = shorter
	}
}
