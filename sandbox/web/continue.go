package web

import (
	"net/http"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/world"
)

// takeOver makes the browser go on with a registration or a log-in that began
// elsewhere: whoever has its link can. With as, the name of a story of the
// gallery, it begins with what that story says of the screen; the registration
// is as it is.
func (s *site) takeOver(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	switch id, token := q.Get("registration"), q.Get("session"); {
	case id != "":
		s.takeOverRegistration(w, r, id, q.Get("as"))
	case token != "":
		page.Keep(w, r, cookieSession, token)
		page.See(w, r, "/home", "")
	case q.Get("as") != "":
		s.asStory(w, r, q.Get("as"), nil)
	default:
		s.Apologize(w, r, http.StatusNotFound, "error.not_found")
	}
}

func (s *site) takeOverRegistration(w http.ResponseWriter, r *http.Request, id, as string) {
	step, err := s.web.Registration(r.Context(), page.WorldOf(r), id)
	switch {
	case err != nil:
		s.Trouble(w, r, err)
	case step.Refused != nil:
		s.land(w, r, step, nil, "")
	case as != "":
		page.Keep(w, r, cookieRegistration, id)
		s.asStory(w, r, as, &step)
	default:
		page.Keep(w, r, cookieRegistration, id)
		page.See(w, r, address(step.Registration.State), "")
	}
}

// asStory shows what a story tells: of a registration, if there is one.
func (s *site) asStory(w http.ResponseWriter, r *http.Request, name string, step *world.Step) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	for _, e := range stories() {
		if e.name != name {
			continue
		}
		f, bears := scene{Snapshot: m, name: e.screen}, ""
		if step != nil {
			if e.screen != string(step.Registration.State) {
				page.See(w, r, address(step.Registration.State), "")
				return
			}
			f.real, bears = &step.Registration, token(step.Registration)
		}
		v := s.View(m, e.show(s, f))
		v.Token = bears
		s.Write(w, http.StatusOK, v)
		return
	}
	s.Apologize(w, r, http.StatusNotFound, "error.not_found")
}

// stands is the registration that a story is of: the real one where there is
// one, else the example.
func (f scene) stands() registration.Registration {
	if f.real != nil {
		return *f.real
	}
	return example(registration.State(f.name), f.Snapshot.Now)
}
