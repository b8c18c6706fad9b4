package app

import (
	"net/http"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// company shows the choice of the card company (p10).
func (s *site) company(w http.ResponseWriter, _ *http.Request, m world.Snapshot) {
	s.Show(w, http.StatusOK, m, screen.Company(m, "", screen.Told{}))
}

// choose takes the card company and goes on (p10-1).
func (s *site) choose(w http.ResponseWriter, r *http.Request) {
	f, err := page.Read(r, registration.FieldCompany)
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	phone, m, ok := s.opened(w, r)
	if !ok {
		return
	}
	// The rules say which company there is; nothing has begun with the answer.
	if _, refused := registration.StartApp("", "", f[registration.FieldCompany], phone.Device, m.Now); refused != nil {
		s.Show(w, page.StatusOf(refused), m, screen.Company(m, f[registration.FieldCompany], screen.Told{Refused: refused}))
		return
	}
	page.See(w, r, Prefix+"/entrance", "")
}

// entrance shows the way to a new registration (p11).
func (s *site) entrance(w http.ResponseWriter, _ *http.Request, m world.Snapshot) {
	s.enter(w, http.StatusOK, m, screen.Told{})
}

// enter writes the entrance. Its form is sent once, so it carries a key.
func (s *site) enter(w http.ResponseWriter, status int, m world.Snapshot, told screen.Told) {
	v := s.View(m, screen.AppEntrance(m, told))
	v.Once = once()
	s.Write(w, status, v)
}

// begin begins a registration, 「新規登録・再登録」 (p11-1). Pressed twice it begins
// one.
func (s *site) begin(w http.ResponseWriter, r *http.Request) {
	f, err := page.Read(r, fieldOnce)
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	phone, _, ok := s.opened(w, r)
	if !ok {
		return
	}
	// The entrance is behind the choice of セゾンカード, so that is what begins.
	step, err := s.app.Start(r.Context(), page.WorldOf(r), phone.ID+" "+f[fieldOnce], registration.CompanySaison, phone.Device)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil:
		s.Apologize(w, r, middleware.Status(registration.Invalid), "error.malformed")
	default:
		if err := s.app.Hold(r.Context(), page.WorldOf(r), phone.ID, step.Registration.ID); err != nil {
			s.Trouble(w, r, err)
			return
		}
		page.See(w, r, address(step.Registration.State), "")
	}
}
