package browser

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/playwright-community/playwright-go"
)

// A watch notes what goes on behind a page: what it complains of, what was
// asked for and what was sent. Playwright tells it in the order things
// happened, before it answers a call made after them.
type watch struct {
	mu       sync.Mutex
	problems []error
	console  []string // everything, for evidence
	method   string   // by which the document on the screen was asked for
	status   int      // and how the service answered
	sent     *submission
	pending  map[playwright.Request]bool // what is waited for
	spoken   []string                    // what the browser's own dialogs said
	foreign  bool                        // the pages are not the sandbox's
}

// A submission is a form as it was sent. It holds secrets: it is sent again,
// and never shown.
type submission struct {
	address string
	body    string // application/x-www-form-urlencoded
}

// over watches a page from before its first document.
func (w *watch) over(p playwright.Page) {
	p.OnConsole(func(m playwright.ConsoleMessage) { w.heard(m.Type(), m.Text()) })
	p.OnPageError(func(err error) { w.complain("the page failed: %w", gist(err)) })
	p.OnCrash(func(playwright.Page) { w.complain("the page crashed") })
	p.OnRequest(func(r playwright.Request) {
		w.asks(p, r)
		if isDocument(p, r) && r.Method() == http.MethodPost {
			w.send(r)
		}
	})
	p.OnRequestFinished(w.done)
	p.OnRequestFailed(func(r playwright.Request) {
		w.done(r)
		// A document that is left before it is whole is nothing to complain of.
		if why := r.Failure(); why != nil && why.Error() != "net::ERR_ABORTED" {
			w.complain("%s %s: %v", r.Method(), page(r.URL()), why)
		}
	})
	p.OnResponse(func(r playwright.Response) {
		w.answered(r.Request().Method(), r.URL(), r.Status(), isDocument(p, r.Request()))
	})
}

// isDocument tells whether a request is for what the page itself shows.
func isDocument(p playwright.Page, r playwright.Request) bool {
	return r.IsNavigationRequest() && (r.Frame() == nil || r.Frame() == p.MainFrame())
}

// listens to the browser's own dialogs and agrees to what they ask, as a person
// does who goes on. It is for pages that are not the sandbox's.
func (w *watch) listens(p playwright.Page) {
	w.mu.Lock()
	w.foreign = true
	w.mu.Unlock()
	p.OnDialog(func(d playwright.Dialog) {
		w.mu.Lock()
		w.spoken = append(w.spoken, d.Message())
		w.mu.Unlock()
		go func() { _ = d.Accept() }() // Playwright waits for this to come back before it takes the answer
	})
}

// dialogs takes what dialogs have said.
func (w *watch) dialogs() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	said := w.spoken
	w.spoken = nil
	return said
}

// changesSomething tells whether a request may do more than look.
func changesSomething(r playwright.Request) bool {
	return !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodOptions}, r.Method())
}

// sameHost tells whether two addresses are of one host: what is told to another one,
// as to who counts visits, is nothing that the member does.
func sameHost(one, other string) bool {
	a, errA := url.Parse(one)
	b, errB := url.Parse(other)
	return errA == nil && errB == nil && a.Host == b.Host
}

// asks notes a request of a script or for another page, done its end.
func (w *watch) asks(p playwright.Page, r playwright.Request) {
	if kind := r.ResourceType(); kind != "fetch" && kind != "xhr" && !r.IsNavigationRequest() {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.foreign && !r.IsNavigationRequest() && changesSomething(r) && sameHost(r.URL(), p.URL()) {
		w.sent = nil // a script has sent since: the form is not what was done last
	}
	if w.pending == nil {
		w.pending = map[playwright.Request]bool{}
	}
	w.pending[r] = true
}

func (w *watch) done(r playwright.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.pending, r)
}

// waiting is how many of them have not ended.
func (w *watch) waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.pending)
}

func (w *watch) complain(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.problems = append(w.problems, fmt.Errorf(format, args...))
}

// heard notes a line of the console. That something could not be loaded is told
// better by the answer to the request, which may well be a refusal.
func (w *watch) heard(kind, line string) {
	line = withoutQueries(line)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.console = append(w.console, kind+": "+line)
	if kind == "error" && !strings.HasPrefix(line, "Failed to load resource:") {
		w.problems = append(w.problems, fmt.Errorf("the page wrote to its console: %s", firstLine(line)))
	}
}

// answered notes an answer of the service. A document may refuse what was done,
// or say that the service cannot serve now; a part of a page may not be missing.
func (w *watch) answered(method, address string, status int, document bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if document {
		w.method, w.status = method, status
	}
	if status >= http.StatusInternalServerError && status != http.StatusServiceUnavailable || status >= http.StatusBadRequest && !document {
		w.problems = append(w.problems, fmt.Errorf("%s %s was returned %d %s", method, page(address), status, http.StatusText(status)))
	}
}

// send keeps a form that was sent. Forms with files are not modelled.
func (w *watch) send(r playwright.Request) {
	kind := r.Headers()["content-type"]
	body, err := r.PostData()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = nil
	if err == nil && strings.HasPrefix(kind, "application/x-www-form-urlencoded") {
		w.sent = &submission{address: r.URL(), body: body}
	}
}

// last is what was sent last, nil if there is no such thing.
func (w *watch) last() *submission {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent
}

// resume takes for sent what was sent in the session that this one takes up.
func (w *watch) resume(sent submission) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = &sent
}

// asked tells whether the document on the screen was merely asked for, and
// given: asking for it again changes nothing.
func (w *watch) asked() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.method == http.MethodGet && w.status < http.StatusBadRequest
}

// complaints takes what the page complained of since they were taken last.
func (w *watch) complaints() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := errors.Join(w.problems...)
	for _, p := range w.problems {
		w.console = append(w.console, "problem: "+p.Error())
	}
	w.problems = nil
	return err
}

// noted is everything noted so far, a line each.
func (w *watch) noted() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	lines := slices.Clone(w.console)
	for _, p := range w.problems {
		lines = append(lines, "problem: "+p.Error())
	}
	return lines
}
