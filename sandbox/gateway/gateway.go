// Package gateway joins the providers' own protocols to the worlds of a sandbox:
// it implements what each adapter of package mocks asks for, finds the world
// that traffic belongs to, and tells senders what became of their messages when
// the world's clock says so.
//
// Traffic belongs to the world that its credentials name; where they name none,
// to the one that has claimed the recipient; else to the default world.
package gateway

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"example.com/netanswer/mocks/sms"
	"example.com/netanswer/sandbox/world"
)

// Limits bound what those who speak a provider's protocol can take up.
type Limits struct {
	Connections int           `json:"connections" doc:"connections that each listener holds at once"`
	Idle        time.Duration `json:"idle" doc:"nanoseconds a connection may be silent, or a command take to arrive"`
	Hold        time.Duration `json:"hold" doc:"nanoseconds that a planned time-out keeps a client waiting"`
	Mail        int64         `json:"mail" doc:"bytes of a mail"`
	Recipients  int           `json:"recipients" doc:"recipients of a mail"`
	Window      int           `json:"window" doc:"parts of unfinished long messages that an SMPP connection holds"`
	CallBack    time.Duration `json:"call_back" doc:"nanoseconds a status call-back may take"`
}

// DefaultLimits suit a machine with a gigabyte to spare.
func DefaultLimits() Limits {
	return Limits{Connections: 1000, Idle: time.Minute, Hold: 30 * time.Second, Mail: 10 << 20, Recipients: 100, Window: 1000,
		CallBack: 5 * time.Second}
}

// A Config is what a Gateway is made of.
type Config struct {
	Service *world.Service
	Limits  Limits
	Log     *slog.Logger
}

// A Gateway joins the protocols to the worlds of one service. Close it.
type Gateway struct {
	Config
	providers world.Providers
	client    *http.Client
	ctx       context.Context
	end       context.CancelFunc
	tasks     sync.WaitGroup

	mu      sync.Mutex
	telling map[string]bool   // worlds whose senders are being told
	places  map[uint64]string // worlds by their place in a message's number
	sent    map[string]*senders
	closed  bool
}

// New returns a gateway.
func New(c Config) *Gateway {
	ctx, end := context.WithCancel(context.Background())
	return &Gateway{
		Config:    c,
		providers: c.Service.Providers(),
		ctx:       ctx,
		end:       end,
		telling:   map[string]bool{},
		places:    map[uint64]string{},
		sent:      map[string]*senders{},
		client:    c.Service.Outbound().Client(c.Limits.CallBack),
	}
}

// Close stops telling senders, and waits until nobody is being told any more.
func (g *Gateway) Close() {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	g.end()
	g.tasks.Wait()
	g.client.CloseIdleConnections()
}

// number is the number of a message in the whole sandbox: where its world is,
// and which of its messages it is, in 32 hexadecimal digits.
func (g *Gateway) number(name, id string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	place := h.Sum64()
	g.noted(place, name)
	serial, _ := strconv.ParseUint(strings.TrimPrefix(id, "sms-"), 10, 64) // the form of every id
	return fmt.Sprintf("%016x%016x", place, serial)
}

// noted notes where a world is. Places of worlds that are gone are let go when
// there are more than worlds can be.
func (g *Gateway) noted(place uint64, name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, known := g.places[place]; known {
		return
	}
	if len(g.places) >= 2*g.Service.Bounds().Worlds {
		worlds, err := g.providers.Worlds(g.ctx)
		if err != nil {
			g.Log.Error("places of worlds that are gone are kept", "error", err)
		}
		there := map[string]bool{}
		for _, w := range worlds {
			there[w.Name] = true
		}
		for p, n := range g.places {
			if !there[n] && err == nil {
				delete(g.places, p)
			}
		}
	}
	g.places[place] = name
}

// message finds a message by its number. world narrows it; "" does not.
func (g *Gateway) message(name, number string) (m sms.Message, snapshot world.Snapshot, ok bool, err error) {
	home := g.home(number)
	if home == "" {
		return m, snapshot, false, nil
	}
	serial, err := strconv.ParseUint(number[16:], 16, 64)
	if err != nil || name != "" && home != name {
		return m, snapshot, false, nil
	}
	if snapshot, err = g.providers.Snapshot(g.ctx, home); err != nil {
		return m, snapshot, false, err
	}
	m, ok = snapshot.SMS.Find("sms-" + strconv.FormatUint(serial, 10))
	return m, snapshot, ok, nil
}

// home is the world of a message by its number, "" if that is none.
func (g *Gateway) home(number string) string {
	if len(number) != 32 {
		return ""
	}
	place, err := strconv.ParseUint(number[:16], 16, 64)
	if err != nil {
		return ""
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.places[place]
}

// worlds are those that messages of the protocols went to.
func (g *Gateway) worlds() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	names := make([]string, 0, len(g.places))
	for _, name := range g.places {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
