package browser

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/playwright-community/playwright-go"

	"example.com/netanswer/steps/provision"
)

// Windows are browser contexts that nobody uses. For a new one Chromium starts a
// process, which costs as much as the pages of a scenario do; one that is used again
// keeps it, see oneProcess. Nothing of whoever had it is left: its pages are closed,
// its cookies are cleared, and it visits no host twice, so that what a page keeps
// for its host is never met again.
type windows struct {
	mu    sync.Mutex
	spare []*lent
}

// A lent context is one that is given back.
type lent struct {
	playwright.BrowserContext
	device string
	empty  playwright.Page // which holds its process
	hosts  []string        // that it has visited
}

// oneProcess has all pages of a context share a process, as every world is on a host of
// its own, and Chromium would give each host one.
var oneProcess = []string{"--disable-site-isolation-trials", "--renderer-process-limit=1"}

// answers is how long a window that is given back may take to answer; one that takes
// longer is closed, which costs no more than a new one.
const answers = 2 * time.Second

// worn is how many hosts a context visits.
const worn = 100

// lends tells whether windows are lent: not where something is set or recorded for
// the whole of a context, nor where all worlds are on one host, nor by an engine whose
// processes are not known to gain by it.
func (c Config) lends() bool {
	return c.confined() && c.Foreign == nil && !c.Trace
}

// confined tells whether the browser was started so that it reaches what it may only.
func (c Config) confined() bool { return c.Server == "" && c.Browser.Engine == provision.Chromium }

// lend lends a window for a device, that has not been where it is to go.
func (ws *windows) lend(b playwright.Browser, d device, home string) (*lent, error) {
	ws.mu.Lock()
	at := slices.IndexFunc(ws.spare, func(l *lent) bool { return l.device == d.about && !slices.Contains(l.hosts, home) })
	if at >= 0 {
		l := ws.spare[at]
		ws.spare = slices.Delete(ws.spare, at, at+1)
		ws.mu.Unlock()
		l.hosts = append(l.hosts, home)
		return l, nil
	}
	ws.mu.Unlock()
	made, err := b.NewContext(d.options)
	if err != nil {
		return nil, err
	}
	l := &lent{BrowserContext: made, device: d.about, hosts: []string{home}}
	if l.empty, err = made.NewPage(); err != nil {
		return nil, errors.Join(err, made.Close())
	}
	return l, nil
}

// takeBack clears a window and keeps it for others; one that cannot be cleared is closed.
func (ws *windows) takeBack(l *lent) error {
	if len(l.hosts) >= worn {
		return l.Close()
	}
	for _, p := range l.Pages() {
		if p != l.empty {
			if err := p.Close(); err != nil {
				return errors.Join(err, l.Close())
			}
		}
	}
	if err := l.ClearCookies(); err != nil {
		return errors.Join(err, l.Close())
	}
	// A page that never comes to rest holds up the process, whose next page would wait for it.
	if _, err := within(context.Background(), answers, func() (any, error) { return l.empty.Evaluate("1") }); err != nil {
		return l.Close()
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.spare = append(ws.spare, l)
	return nil
}
