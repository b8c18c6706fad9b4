package app

import (
	"encoding/base64"
	"net/http"
	"strings"

	"github.com/skip2/go-qrcode"

	"example.com/netanswer/sandbox/middleware"
	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
	"example.com/netanswer/sandbox/screen"
)

// deviceOf is the smartphone that a browser says it runs on; "" for any other.
func deviceOf(r *http.Request) registration.Device {
	agent := r.UserAgent()
	switch {
	case strings.Contains(agent, "iPhone"):
		return registration.IPhone
	case strings.Contains(agent, "Android"):
		return registration.Android
	}
	return ""
}

// guide is where the company leads to the app from its banner (p4, p6).
func (s *site) guide(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	code, err := codeOf(middleware.Reached(r) + Prefix + "/store")
	if err != nil {
		s.Trouble(w, r, &page.UnreadableError{Status: http.StatusBadRequest, Text: "error.malformed"}) // a host too long for a code
		return
	}
	s.Show(w, http.StatusOK, m, screen.Guide(m, screen.Reader{Device: deviceOf(r), Code: code}))
}

// codeOf is the two-dimensional code that leads to an address (p6-1): that of
// the store of whatever reads it, on the host by which the page was reached.
func codeOf(address string) (string, error) {
	const pixelsOfAModule = -8 // negative: of one module, not of the whole
	png, err := qrcode.Encode(address, qrcode.Medium, pixelsOfAModule)
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(png), err
}

// dispatch leads a smartphone to its store (p6-2, p6-3), and anything else to
// the page that says so.
func (s *site) dispatch(w http.ResponseWriter, r *http.Request) {
	device := deviceOf(r)
	for _, st := range stores {
		if st.device == device {
			page.See(w, r, Prefix+"/store/"+st.name, "")
			return
		}
	}
	page.See(w, r, Prefix, "")
}
