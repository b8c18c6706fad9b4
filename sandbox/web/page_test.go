package web_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// A page is what a request was returned in the end.
type page struct {
	status   int
	path     string // where it was found, after redirects
	header   http.Header
	body     string
	elements []element
}

// An element of a page, with its own text and that of everything in it.
type element struct {
	name  string
	attrs map[string]string
	text  string
}

// parse reads a page as XML with the liberties of HTML: what is not closed or
// nested as it should be is an error.
func parse(t testing.TB, body []byte) []element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(body))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var all []element
	var open []int
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("page is not well formed: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			open = append(open, len(all))
			all = append(all, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			for _, i := range open {
				all[i].text += string(token)
			}
		}
	}
}

// find returns the elements that have an attribute, of any name or a given one.
func (p page) find(name, attr, value string) []element {
	var found []element
	for _, e := range p.elements {
		if v, ok := e.attrs[attr]; (name == "" || e.name == name) && (attr == "" || ok && v == value) {
			found = append(found, e)
		}
	}
	return found
}

// text is that of the first element of a name, with whitespace folded.
func (p page) text(name string) string {
	for _, e := range p.find(name, "", "") {
		return fold(e.text)
	}
	return ""
}

// texts are those of all elements with a role, folded.
func (p page) texts(role string) []string {
	var all []string
	for _, e := range p.find("", "role", role) {
		if _, hidden := e.attrs["hidden"]; !hidden {
			all = append(all, fold(e.text))
		}
	}
	return all
}

// errorsAt are the sentences that stand at the control of an id.
func (p page) errorsAt(id string) []string {
	var all []string
	for _, e := range p.find("", "id", id) {
		if e.attrs["aria-invalid"] != "true" {
			continue
		}
		for ref := range strings.FieldsSeq(e.attrs["aria-describedby"]) {
			if !strings.HasSuffix(ref, "-error") {
				continue
			}
			for _, at := range p.find("", "id", ref) {
				all = append(all, fold(at.text))
			}
		}
	}
	return all
}

// values are what a page shows in its lists of terms and descriptions.
func (p page) values() map[string]string {
	values, term := map[string]string{}, ""
	for _, e := range p.elements {
		switch e.name {
		case "dt":
			term = fold(e.text)
		case "dd":
			values[term] = fold(e.text)
		}
	}
	return values
}

func (p page) link(name string) (href string, ok bool) {
	all := p.find("a", "", "")
	i := slices.IndexFunc(all, func(e element) bool { return fold(e.text) == name })
	if i < 0 {
		return "", false
	}
	return all[i].attrs["href"], true
}

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }
