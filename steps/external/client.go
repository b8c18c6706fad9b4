package external

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/target"
)

// callTimeout is how long a call that we make of an implementation may take.
const callTimeout = 10 * time.Second

// caller makes the calls that a file describes. It follows no redirect: what is
// called is what the file says, with the headers that it says.
func caller(t target.Target) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: t.Insecure} // the file says so, and the README what it means
	return &http.Client{Transport: transport, Timeout: callTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// Foreign is what the browsers have to know.
func Foreign(t target.Target) *browser.Foreign {
	f := &browser.Foreign{Hosts: slices.Clone(t.Hosts), Insecure: t.Insecure, Labels: t.Labels, Titles: t.Titles, Addresses: t.Addresses}
	for _, c := range t.Copies() {
		for _, address := range []string{c.Web, c.App} {
			if u, err := url.Parse(address); err == nil && u.Hostname() != "" {
				f.Hosts = append(f.Hosts, u.Hostname())
			}
		}
	}
	return f
}

// wrongAddresses tells of addresses that nobody types.
func wrongAddresses(t target.Target) error {
	var err error
	for place := range t.Addresses {
		if !slices.Contains(browser.Places(), place) {
			err = errors.Join(err, fmt.Errorf("addresses の「%s」は使えません。書けるのは %v です", place, browser.Places()))
		}
	}
	return err
}

// Misspelt tells, in Japanese, of labels and titles that are neither looked for
// on a page nor in any of the features: nobody would notice that they are wrong.
func (s *Environment) Misspelt(features fs.FS) error {
	all := strings.Join(browser.Words(), "\n")
	err := fs.WalkDir(features, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".feature" {
			return err
		}
		text, err := fs.ReadFile(features, name)
		all += string(text)
		return err
	})
	if err != nil {
		return err
	}
	for field, words := range map[string]map[string]string{"labels": s.target.Labels, "titles": s.target.Titles} {
		for _, guide := range slices.Sorted(maps.Keys(words)) {
			if strings.Contains(all, guide) {
				continue
			}
			if name, besides := browser.Besides(guide); besides && field == "labels" {
				err = errors.Join(err, fmt.Errorf("labels の「%s」は、「%s」と書いてください", guide, name))
			} else {
				err = errors.Join(err, fmt.Errorf("%s の「%s」は、案内にもシナリオにもない言葉です", field, guide))
			}
		}
	}
	return err
}
