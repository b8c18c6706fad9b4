package app

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// A store is where a device gets the app from.
type store struct {
	name   string // in its address and the names of its texts
	device registration.Device
}

var stores = []store{{"apple", registration.IPhone}, {"google", registration.Android}}

// shop shows the app in an emulated store (p7, p8).
func (s *site) shop(st store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		phone, m, ok := s.phone(w, r)
		if !ok {
			return
		}
		s.Show(w, http.StatusOK, m, screen.Store(m, listing(m, st, phone)))
	}
}

// listing is how far the app is on a smartphone of the store's kind.
func listing(m world.Snapshot, st store, phone world.Phone) screen.Listing {
	l := screen.Listing{Store: st.name}
	if phone.Device == st.device { // the app of another kind of smartphone is none of this store's
		part, whole := phone.Installed(m)
		l.Installing, l.Percent, l.Installed = !whole, int(100*part), whole
	}
	return l
}

// install begins to install the app (p7-1, p8-1).
func (s *site) install(st store) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := page.Read(r); err != nil {
			s.Trouble(w, r, err)
			return
		}
		phone, err := s.app.Install(r.Context(), page.WorldOf(r), page.Held(r, cookiePhone), st.device)
		if err != nil {
			s.Trouble(w, r, err)
			return
		}
		page.Keep(w, r, cookiePhone, phone.ID)
		page.See(w, r, Prefix+"/store/"+st.name, "")
	}
}

// phone is the smartphone of a browser, the zero one where it has none. Where
// the world cannot be read, that is answered already and ok is false.
func (s *site) phone(w http.ResponseWriter, r *http.Request) (p world.Phone, m world.Snapshot, ok bool) {
	p, m, err := s.app.Phone(r.Context(), page.WorldOf(r), page.Held(r, cookiePhone))
	if err != nil {
		s.Trouble(w, r, err)
		return p, m, false
	}
	return p, m, true
}

// opened is the smartphone of a browser, with the app on it. Who has none is
// led to where it can be had.
func (s *site) opened(w http.ResponseWriter, r *http.Request) (p world.Phone, m world.Snapshot, ok bool) {
	if p, m, ok = s.phone(w, r); !ok {
		return p, m, false
	}
	if _, whole := p.Installed(m); !whole {
		page.See(w, r, Prefix, "")
		return p, m, false
	}
	return p, m, true
}

// inApp shows a screen of the app, to who has it.
func (s *site) inApp(show func(http.ResponseWriter, *http.Request, world.Snapshot)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, m, ok := s.opened(w, r); ok {
			show(w, r, m)
		}
	}
}

// open starts the app (p7-2, p8-2): where it has begun a registration it goes
// on with that, whatever happened in between (p14-1), and with what the member
// has once that is completed.
func (s *site) open(w http.ResponseWriter, r *http.Request) {
	phone, _, ok := s.opened(w, r)
	if !ok {
		return
	}
	step, err := s.app.Registration(r.Context(), page.WorldOf(r), phone.RegistrationID)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil: // none has begun
		page.See(w, r, Prefix+"/company", "")
	case step.Registration.State == registration.Completed:
		s.start(w, r, phone)
	default:
		page.See(w, r, address(step.Registration.State), "")
	}
}
