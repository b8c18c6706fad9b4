package server

import (
	"context"
	"log/slog"
	"net/http"

	"example.com/netanswer/sandbox/app"
	"example.com/netanswer/sandbox/console"
	"example.com/netanswer/sandbox/control"
	"example.com/netanswer/sandbox/gallery"
	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/place"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/web"
	"example.com/netanswer/sandbox/world"
)

// forTesters is the handler of the console's listener: the control API, the
// console's pages and the gallery, behind one token.
func (s *Sandbox) forTesters(c Config, memberURL func(string) string, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	told := control.Config{Service: s.Service, Log: log, MemberURL: memberURL, Providers: s.providers.told(c),
		Telephone: s.telephone(), Listeners: s.listeners, Store: s.storeTold(c)}
	api := middleware.Late(func() http.Handler { return control.New(told) })
	mux.Handle(control.Prefix, api)
	mux.Handle(control.HealthPath, api)
	mux.Handle(control.ReadyPath, api)
	screens := middleware.Late(func() http.Handler {
		return gallery.New(log, beginner(s.Service, memberURL), web.Section(s.Service), app.Section(s.Service))
	})
	mux.Handle(gallery.Path, screens)
	mux.Handle(gallery.Path+"/", screens)
	mux.Handle("/", middleware.Late(func() http.Handler {
		return console.New(console.Config{Service: s.Service, Log: log, MemberURL: memberURL})
	}))

	h := middleware.OwnPages(middleware.Unasked(middleware.BoundBy(mux, limit(s.Service.Bounds()))), nil)
	return middleware.SecureFraming(middleware.Token(h, c.Token, control.HealthPath, control.ReadyPath))
}

// limit is how many bytes the body of a request may have.
func limit(b world.Bounds) func(*http.Request) int64 {
	api := control.Limit(b)
	return func(r *http.Request) int64 {
		if file, ok := console.Limit(b, r); ok {
			return file
		}
		return api(r)
	}
}

// beginner begins in the state of a story, in a fork of the world.
func beginner(service *world.Service, memberURL func(string) string) gallery.Beginner {
	return func(ctx context.Context, name string, b gallery.Begin) (gallery.Begun, error) {
		r, err := place.Put(
			ctx,
			service,
			name,
			place.Request{At: b.At, Channel: registration.Channel(b.Channel), Device: registration.Device(b.Device),
				Member: b.Member, As: b.As, Start: b.Start, Apart: true},
		)
		if err != nil {
			return gallery.Begun{}, err
		}
		begun := gallery.Begun{World: r.World, Member: r.Member}
		if base := memberURL(r.World); base != "" {
			begun.Link = base + r.Path
		}
		return begun, nil
	}
}

// telephone is what the control API tells of calls over SIP.
func (s *Sandbox) telephone() control.Telephone {
	if s.phone == nil {
		return control.Telephone{}
	}
	return control.Telephone{Address: s.phone.Addr(), Limits: s.phone.Limits}
}

// listeners are what the control API tells of how they are.
func (s *Sandbox) listeners() []control.Listener {
	all := make([]control.Listener, len(s.states))
	for i, l := range s.states {
		now := l.state()
		all[i] = control.Listener{Name: l.name, Held: now.Held, Most: now.Most, Waiting: now.Waiting, Trouble: now.Trouble}
	}
	return all
}
