package browser

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Of what was done it is told what and where, not with what.
var toldOfDoing = []string{"selector", "url", "timeout", "strict", "state", "waitUntil", "button", "clickCount", "checked"}

var (
	key      = regexp.MustCompile(`role=button\[name="(?:.|\\.)"`)      // a button of one letter
	quoted   = regexp.MustCompile(`(?s)^(\s*\w+\().*(\).*)$`)           // as a call log tells it: fill("…")
	written  = regexp.MustCompile(`(?s)\bvalue=("[^"]*"|'[^']*')`)      // in an element that a call log shows
	byItself = regexp.MustCompile(`^\s*\d{3,4}\s*$|^[\d -]{12,}\d\s*$`) // a code or a card number on a page
)

// happening cleans a line of trace.trace, and tells whether it is kept. What was
// pressed on a software keyboard is not.
func (c *cleaner) happening(line map[string]any) bool {
	id, _ := line["callId"].(string)
	if snapshot, ok := line["snapshot"].(map[string]any); ok {
		id, _ = snapshot["callId"].(string)
	}
	if params, ok := line["params"].(map[string]any); ok && line["type"] == "before" {
		if selector, _ := params["selector"].(string); key.MatchString(selector) {
			c.keys[id] = true
		}
	}
	if c.keys[id] {
		return false
	}
	switch line["type"] {
	case "context-options", "input", "event":
	case "before":
		params, _ := line["params"].(map[string]any)
		maps.DeleteFunc(params, func(name string, value any) bool {
			_, text := value.(string)
			return !text && !slices.Contains(toldOfDoing, name)
		})
		for name := range params {
			if !slices.Contains(toldOfDoing, name) {
				params[name] = hidden
			}
		}
		address(params, "url")
	case "after":
		delete(line, "result")
		if failure, ok := line["error"].(map[string]any); ok {
			message(failure, "message")
			delete(failure, "stack")
		}
	case "log":
		message(line, "message")
	case "console":
		message(line, "text")
		delete(line, "args")
	case "frame-snapshot":
		snapshot, _ := line["snapshot"].(map[string]any)
		address(snapshot, "frameUrl")
		snapshot["html"] = node(snapshot["html"], "")
	default:
		return false
	}
	return true
}

// exchange cleans a line of trace.network, and tells whether it is kept.
func (c *cleaner) exchange(line map[string]any) bool {
	about, ok := line["snapshot"].(map[string]any)
	if !ok || line["type"] != "resource-snapshot" {
		return false
	}
	for _, name := range []string{"request", "response"} {
		side, _ := about[name].(map[string]any)
		delete(side, "postData")
		side["cookies"], side["queryString"] = []any{}, []any{}
		address(side, "url")
		address(side, "redirectURL")
		headers, _ := side["headers"].([]any)
		side["headers"] = slices.DeleteFunc(headers, func(h any) bool {
			header, _ := h.(map[string]any)
			name, _ := header["name"].(string)
			if name = strings.ToLower(name); name == "referer" || name == "location" {
				address(header, "value")
			}
			return slices.Contains([]string{"cookie", "set-cookie", "authorization", "proxy-authorization"}, name)
		})
	}
	return true
}

// address takes the query from an address.
func address(of map[string]any, name string) {
	if text, ok := of[name].(string); ok {
		of[name] = page(text)
	}
}

// message hides what a call was made with, and what fields hold.
func message(of map[string]any, name string) {
	if text, ok := of[name].(string); ok {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			lines[i] = withoutQueries(written.ReplaceAllString(quoted.ReplaceAllString(l, `$1"`+hidden+`"$2`), `value="`+hidden+`"`))
		}
		of[name] = strings.Join(lines, "\n")
	}
}

// node cleans a node of a page: a text, or a name with attributes and children,
// or a reference to a node of an earlier page, which stays as it is.
func node(n any, parent string) any {
	if text, ok := n.(string); ok {
		if parent != "OPTION" && byItself.MatchString(text) {
			return hidden
		}
		return text
	}
	element, _ := n.([]any)
	if len(element) == 0 {
		return n
	}
	name, ok := element[0].(string)
	if !ok {
		return n
	}
	if len(element) > 1 {
		attributes, _ := element[1].(map[string]any)
		for _, a := range slices.Collect(maps.Keys(attributes)) {
			switch {
			case a == "__playwright_value_",
				a == "value" && name == "INPUT" && attributes["type"] != "submit" && attributes["type"] != "button":
				if attributes[a] != "" {
					attributes[a] = hidden
				}
			case a == "href" && name == "A", a == "action":
				text, _ := attributes[a].(string)
				attributes[a], _, _ = strings.Cut(text, "?")
			}
		}
	}
	for i := 2; i < len(element); i++ {
		element[i] = node(element[i], name)
	}
	return n
}
