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
	"encoding/binary"
	"encoding/hex"
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
	Outgoing    int           `json:"outgoing" doc:"calls of backends, placed by REST, that are carried out at once"`
	CallBack    time.Duration `json:"call_back" doc:"nanoseconds a status call-back may take"`
}

// DefaultLimits suit a machine with a gigabyte to spare.
func DefaultLimits() Limits {
	return Limits{Connections: 1000, Idle: time.Minute, Hold: 30 * time.Second, Mail: 10 << 20, Recipients: 100, Window: 1000,
		Outgoing: 100, CallBack: 5 * time.Second}
}

// A Config is what a Gateway is made of.
type Config struct {
	Service *world.Service
	Limits  Limits
	Log     *slog.Logger
	Index   Index // nil where no other sandbox has the same worlds
}

// A Gateway joins the protocols to the worlds of one service. Close it.
type Gateway struct {
	Config
	providers world.Providers
	telephone world.Telephone
	running   chan struct{} // holds one for each outgoing call that is being carried out
	client    *http.Client
	ctx       context.Context
	end       context.CancelFunc
	tasks     sync.WaitGroup

	mu      sync.Mutex
	telling map[string]bool   // worlds whose senders are being told
	known   map[string]string // keys that the index has, with their worlds
	closed  bool
}

// New returns a gateway.
func New(c Config) *Gateway {
	ctx, end := context.WithCancel(context.Background())
	if c.Index == nil {
		c.Index = newMemoryIndex(c.Service)
	}
	g := &Gateway{
		Config:    c,
		providers: c.Service.Providers(),
		telephone: c.Service.Telephone(),
		running:   make(chan struct{}, c.Limits.Outgoing),
		ctx:       ctx,
		end:       end,
		telling:   map[string]bool{},
		known:     map[string]string{},
		client:    c.Service.Outbound().Client(c.Limits.CallBack),
	}
	g.tasks.Go(g.tellForOthers)
	return g
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

// number is the number of a message or a call in the whole sandbox: where its world is,
// and which of its messages it is, in 32 hexadecimal digits.
func (g *Gateway) number(name, id string) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name)) // a hash takes everything
	place := hex16(h.Sum64())
	g.note(placeKeys+place, name)
	serial, _ := strconv.ParseUint(id[strings.LastIndexByte(id, '-')+1:], 10, 64) // the form of every id
	return place + hex16(serial)
}

// hex16 is a number in 16 hexadecimal digits.
func hex16(n uint64) string {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], n)
	return hex.EncodeToString(bytes[:])
}

// note notes a key, once: what this process knows to be noted is not noted again.
func (g *Gateway) note(key, name string) {
	g.mu.Lock()
	known := g.known[key] == name
	g.mu.Unlock()
	if known {
		return
	}
	if err := g.Index.Note(g.ctx, key, name); err != nil {
		g.Log.Error("a message is not in the index of worlds", "world", name, "error", err)
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.known) >= maxKnown {
		clear(g.known)
	}
	g.known[key] = name
}

// maxKnown bounds the keys that a process knows without asking the index.
const maxKnown = 10_000

// message finds a message by its number. world narrows it; "" does not.
func (g *Gateway) message(name, number string) (m sms.Message, snapshot world.Snapshot, ok bool, err error) {
	home, err := g.home(number)
	if err != nil || home == "" {
		return m, snapshot, false, err
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
func (g *Gateway) home(number string) (string, error) {
	if len(number) != 32 {
		return "", nil
	}
	key := placeKeys + strings.ToLower(number[:16])
	g.mu.Lock()
	name := g.known[key]
	g.mu.Unlock()
	if name != "" {
		return name, nil
	}
	return g.Index.World(g.ctx, key)
}

// worlds are those that messages of the protocols went to.
func (g *Gateway) worlds() ([]string, error) {
	names, err := g.Index.Worlds(g.ctx, placeKeys)
	slices.Sort(names)
	return names, err
}
