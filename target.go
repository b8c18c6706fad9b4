package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/clock"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/suite"
	"example.com/netanswer/steps/target"
)

// callPatience is how long a call that we make of an implementation may take.
const callPatience = 10 * time.Second

// readTarget reads a target.yaml. What is wrong with it beyond its form is told too.
func readTarget(file string) (target.Target, []fixtures.Member, error) {
	members, _, err := fixtures.Members()
	if err != nil {
		return target.Target{}, nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return target.Target{}, nil, err
	}
	t, err := target.Read(file, data, os.LookupEnv)
	if err != nil {
		return t, nil, err
	}
	for place := range t.Addresses {
		if !slices.Contains(browser.Places(), place) {
			err = errors.Join(err, fmt.Errorf("%s: addresses の「%s」は使えません。書けるのは %v です", file, place, browser.Places()))
		}
	}
	for _, sentence := range strangers(t, members) {
		err = errors.Join(err, fmt.Errorf("%s: %s", file, sentence))
	}
	return t, members, err
}

// caller makes the calls that a file describes. It follows no redirect: what is
// called is what the file says, with the headers that it says.
func caller(t target.Target) *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{InsecureSkipVerify: t.Insecure} // the file says so, and the README what it means
	return &http.Client{Transport: transport, Timeout: callPatience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// foreignOf is what the browsers have to know.
func foreignOf(t target.Target) *browser.Foreign {
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

// verifyTarget tries the scenarios against the implementation of a file. An
// expected failure that passes fails, and so does one past its last day.
func verifyTarget(ctx context.Context, v verification, log io.Writer) error {
	result, err := tryTarget(ctx, v, log)
	if err != nil {
		return err
	}
	return verdict(result)
}

func tryTarget(ctx context.Context, v verification, log io.Writer) (suite.Result, error) {
	t, members, err := readTarget(v.target)
	if err != nil {
		return suite.Result{}, err
	}
	if len(v.setup.Policy) > 0 || len(v.setup.Texts) > 0 {
		return suite.Result{}, errors.New("verify: -policy and -text change the sandbox, not a target")
	}
	if v.drivers == nil {
		v.drivers = t.Drivers()
	}
	for _, name := range v.drivers {
		if !slices.Contains(t.Drivers(), name) {
			return suite.Result{}, fmt.Errorf("verify: %s をためすためのアドレスが %s にありません（ためせるのは %s）", name, v.target, strings.Join(t.Drivers(), "、"))
		}
	}
	place := newAbroad(t, members, caller(t))
	v.workers, v.waiting = cap(place.free), t.WaitUpTo // one scenario at a time on each
	today := clock.Machine()
	result, err := v.run(ctx, suite.Config{
		Stage:    place,
		Mask:     maskSecrets(append(members, asMembers(t)...), t.Secrets()),
		Expected: func(sc suite.Scenario, driver string) (string, bool) { return t.Expects(sc.ID(), driver, today) },
	}, foreignOf(t), log)
	if err != nil {
		return result, err
	}
	for _, sentence := range t.Overdue(today, func(at string) bool { return places(result)[at] }) {
		err = errors.Join(err, errors.New(sentence))
	}
	return result, err
}

// places are those of all scenarios there are.
func places(r suite.Result) map[string]bool {
	all := map[string]bool{}
	for _, c := range r.Rules {
		for _, at := range c.Scenarios {
			all[at] = true
		}
	}
	return all
}

// asMembers are the implementation's own members, for what is secret of them.
func asMembers(t target.Target) (list []fixtures.Member) {
	for _, m := range t.Members {
		if !m.Sandbox() {
			list = append(list, fixtures.Member{Cards: []fixtures.Card{{Number: m.Card, SecurityCode: m.Code, PIN: m.PIN}}})
		}
	}
	return list
}
