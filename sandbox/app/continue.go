package app

import (
	"net/http"
	"slices"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
	"example.com/netanswer/sandbox/world"
)

// takeOver makes the browser the smartphone of that id, whoever had it: it goes
// on with the app's registration. With as, the name of a story of the gallery, it
// begins with what that story says of the screen; with start, the app is
// started, at the screen of that name.
func (s *site) takeOver(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	id, as, start := q.Get("phone"), q.Get("as"), q.Get("start")
	if id == "" {
		s.asStory(w, r, as, nil)
		return
	}
	phone, _, err := s.app.Phone(r.Context(), page.WorldOf(r), id)
	if err != nil {
		s.Trouble(w, r, err)
		return
	}
	if phone.ID == "" {
		s.Apologize(w, r, http.StatusNotFound, "error.not_found")
		return
	}
	page.Keep(w, r, cookiePhone, phone.ID)
	if start != "" {
		s.startAt(w, r, phone, start)
		return
	}
	step, err := s.app.Registration(r.Context(), page.WorldOf(r), phone.RegistrationID)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil && as == "":
		page.See(w, r, Prefix+"/company", "")
	case step.Refused != nil:
		s.asStory(w, r, as, nil)
	case as == "":
		page.See(w, r, address(step.Registration.State), "")
	default:
		s.asStory(w, r, as, &step)
	}
}

// startAt starts the app, at a screen if there is one of that name.
func (s *site) startAt(w http.ResponseWriter, r *http.Request, phone world.Phone, name string) {
	if name != noticeAdded && name != "app_wallet" && !slices.Contains(screen.PortalNames, name) {
		s.start(w, r, phone)
		return
	}
	token, step, _, err := s.app.Open(r.Context(), page.WorldOf(r), phone.RegistrationID)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil:
		s.enter(w, page.StatusOf(step.Refused), step.Snapshot, screen.Told{Refused: step.Refused})
	case name == noticeAdded:
		page.Keep(w, r, cookieSession, token)
		page.See(w, r, Prefix+"/home", noticeAdded)
	default:
		page.Keep(w, r, cookieSession, token)
		page.See(w, r, addressOf("screen", "", name), "")
	}
}

// asStory shows what a story tells: of a registration, if there is one.
func (s *site) asStory(w http.ResponseWriter, r *http.Request, name string, step *world.Step) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	i := slices.IndexFunc(stories(), func(e story) bool { return e.name == name })
	if i < 0 {
		s.Apologize(w, r, http.StatusNotFound, "error.not_found")
		return
	}
	e := stories()[i]
	f, token := scene{Snapshot: m, name: e.screen}, ""
	if step != nil {
		if state := step.Registration.State; e.screen != "app_"+string(state) && e.screen != string(state) {
			page.See(w, r, address(state), "")
			return
		}
		f.real, token = &step.Registration, step.Registration.FormToken
	}
	v := s.View(m, e.show(s, f))
	v.Token, v.Once = token, once()
	s.Write(w, http.StatusOK, v)
}

// stands is the registration that a story is of: the real one where there is
// one, else the example.
func (f scene) stands(state registration.State) registration.Registration {
	if f.real != nil {
		return *f.real
	}
	return example(state, f.Snapshot.Now)
}
