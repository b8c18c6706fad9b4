package apidocs_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.com/netanswer/sandbox/apidocs"
)

const small = `{"openapi":"3.1.0","info":{"title":"試しのAPI","description":"一行目\n二行目"},
"tags":[{"name":"後の章"},{"name":"先の章","description":"はじめに"}],
"components":{"parameters":{"World":{"name":"Netanswer-World","in":"header"}},
 "schemas":{"Card":{"type":"object","required":["number"],"properties":{"number":{"type":"string","description":"masked","maxLength":16},"next":{"$ref":"#/components/schemas/Card"}}}}},
"paths":{
 "/a/{id}":{"get":{"operationId":"see","x-order":2,"tags":["先の章"],"summary":"見る","parameters":[{"$ref":"#/components/parameters/World"},
   {"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
   "responses":{"200":{"description":"OK","content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Card"}},"example":{"a":"<b>"}}}},
    "429":{"description":"Too Many Requests","headers":{"Retry-After":{}},"content":{"application/problem+json":{"schema":{"allOf":[{"$ref":"#/x"},{"properties":{"code":{"enum":["too_soon"]}}}]}}}}}}},
 "/b":{"post":{"operationId":"make","x-order":1,"tags":["先の章"],"summary":"作る","requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Card"},"example":{"number":"1"}}}},
   "responses":{"201":{"description":"Created"}}}}}}`

// ask asks a page of a document for something below it.
func ask(t *testing.T, document, below string) *httptest.ResponseRecorder {
	t.Helper()
	if !json.Valid([]byte(document)) {
		t.Fatal("no JSON: " + document)
	}
	h := apidocs.New(apidocs.Config{Path: "/docs/", Address: "/openapi.json", Document: func() ([]byte, error) { return []byte(document), nil }})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/docs/"+below, nil))
	return w
}

func TestAPageTellsEverythingOfItsDocument(t *testing.T) {
	t.Parallel()
	html := ask(t, small, "").Body.String()
	for _, want := range []string{"<title>試しのAPI</title>", "<p>二行目</p>", "はじめに", "data-world-header", `data-path="/a/{id}"`, "<code>id</code> <span class=\"must\">必須</span>",
		"アドレスの中・文字", "項目（2）", "<code>[].number</code>", "文字（16文字まで）", "伏せたもの", "成功", "回数か間隔の上限を超えています", "<code>Retry-After</code>", "<code>too_soon</code>",
		"&#34;a&#34;: &#34;&lt;b&gt;&#34;", "&#34;number&#34;: &#34;1&#34;"} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is not in %s", want, html)
		}
	}
	if strings.Contains(html, "後の章") || strings.Contains(html, `data-name="Netanswer-World"`) {
		t.Error("an empty part is shown, or the world is asked for twice")
	}
	if strings.Index(html, `<article id="make"`) > strings.Index(html, `<article id="see"`) {
		t.Error("the operations do not stand in the document's order")
	}
}

func TestAPageMayRunItsOwnScriptOnly(t *testing.T) {
	t.Parallel()
	for below, want := range map[string]int{"": 200, "docs.js": 200, "docs.css": 200, "nothing.js": 404} {
		w := ask(t, small, below)
		if policy := w.Header().Get("Content-Security-Policy"); w.Code != want || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%q: status %d, policy %q", below, w.Code, policy)
		}
	}
	if regexp.MustCompile(`(src|href)="(https?:)?//| style=|<script>`).MatchString(ask(t, small, "").Body.String()) {
		t.Error("the page has something from elsewhere, or within")
	}
}

func TestADocumentThatCannotBeReadIsAFailure(t *testing.T) {
	t.Parallel()
	for name, document := range map[string]func() ([]byte, error){
		"none":    func() ([]byte, error) { return nil, errors.New("none") },
		"no JSON": func() ([]byte, error) { return []byte("openapi:"), nil },
	} {
		failed := func() (with any) {
			defer func() { with = recover() }()
			apidocs.New(apidocs.Config{Path: "/docs/", Document: document}).ServeHTTP(httptest.NewRecorder(),
				httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/docs/", nil))
			return nil
		}()
		if failed == nil {
			t.Errorf("%s: a page was served", name)
		}
	}
}
