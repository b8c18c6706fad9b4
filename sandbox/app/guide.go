package app

import (
	"encoding/base64"
	"html/template"
	"net/http"
	"strings"

	"github.com/skip2/go-qrcode"

	"example.com/netanswer/sandbox/page"
	"example.com/netanswer/sandbox/registration"
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

// guideView is where the company leads to the app from its banner (p4, p6).
type guideView struct {
	frame
	Device registration.Device // "" for what is no smartphone
	Code   template.URL        // the two-dimensional code as an image
}

// IPhone tells whether the store of an iPhone is offered: to an iPhone, and to
// what is no smartphone.
func (v guideView) IPhone() bool { return v.Device != registration.Android }

// Android tells the same of the store of Android.
func (v guideView) Android() bool { return v.Device != registration.IPhone }

func (s *site) guide(w http.ResponseWriter, r *http.Request) {
	m, ok := s.Snapshot(w, r)
	if !ok {
		return
	}
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	code, err := codeOf(scheme + r.Host + Prefix + "/store")
	if err != nil {
		s.Trouble(w, r, &page.UnreadableError{Status: http.StatusBadRequest, Text: "error.malformed"}) // a host too long for a code
		return
	}
	s.Write(w, http.StatusOK, "guide", guideView{s.newFrame(m, "app_guide"), deviceOf(r), code})
}

// codeOf is the two-dimensional code that leads to an address (p6-1): that of
// the store of whatever reads it, on the host by which the page was reached.
func codeOf(address string) (template.URL, error) {
	const pixelsOfAModule = -8 // negative: of one module, not of the whole
	png, err := qrcode.Encode(address, qrcode.Medium, pixelsOfAModule)
	return template.URL("data:image/png;base64," + base64.StdEncoding.EncodeToString(png)), err
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
