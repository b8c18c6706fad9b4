package control_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/mocks/passcode"
)

func TestWaitAnswersAtOnceWithWhatIsThere(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	id, first := s.proceed("w", hanako)
	s.machine.pass(time.Minute)
	step := s.step(s.service.Web().Reissue(context.Background(), "w", id))
	var m message
	s.call("GET", "/api/worlds/w/sms/wait?to=090-0000-1001&within=0", "", 200, &m)
	want := passcode.Passcode{
		Code:      step.Registration.Passcode.Code,
		IssuedAt:  start.Add(time.Minute),
		ExpiresAt: start.Add(11 * time.Minute),
	}
	if m.Passcode == nil || !m.Passcode.IssuedAt.Equal(want.IssuedAt) || !m.Passcode.ExpiresAt.Equal(want.ExpiresAt) ||
		m.Passcode.Code != want.Code ||
		m.Passcode.Superseded {
		t.Errorf("passcode %+v, want %+v and not %s", m.Passcode, want, first)
	}
	p := s.refused("GET", "/api/worlds/w/sms/wait?to=090-0000-1001&within=0s&after="+m.ID, "", 404, "nothing_arrived")
	if !strings.Contains(p.Detail, "0 under way") || !strings.Contains(p.Detail, "090-0000-1001") {
		t.Errorf("detail %q", p.Detail)
	}
	for _, list := range []string{"sms", "mail", "calls"} {
		p := s.refused("GET", "/api/worlds/w/"+list+"/wait?within=0&after=nonsense", "", 404, "after_unknown")
		if !strings.Contains(p.Detail, "nonsense") {
			t.Errorf("%s: detail %q", list, p.Detail)
		}
	}
	s.refused("GET", "/api/worlds/w/sms/wait?to=080-0000-1002&within=0", "", 404, "nothing_arrived")
	s.refused("GET", "/api/worlds/w/mail/wait?within=0", "", 404, "nothing_arrived")
}

func TestWaitAnswersWhenSomethingArrives(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	for path, f := range map[string]func(){
		"sms/wait?to=09000001001&within=60s":       func() { s.proceed("w", hanako) },
		"mail/wait?to=misaki@example.jp&within=1m": func() { s.proceed("w", misaki) },
	} {
		waiting := s.wait("/api/worlds/w/" + path)
		f()
		if got := <-waiting; got.status != 200 || !strings.Contains(got.text, `"passcode":{"code":"`) {
			t.Errorf("%s: status %d: %s", path, got.status, got.text)
		}
	}
}

func TestWaitIsForWhatTheClockHasNotReachedYet(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	s.call("PATCH", "/api/worlds/w/clock", `{"running":false}`, 200, nil)
	s.proceed("w", hanako)
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"-5m"}`, 200, nil) // the SMS is now one of the future
	var list messages
	if s.call("GET", "/api/worlds/w/sms", "", 200, &list); len(list.Messages) != 0 || list.UnderWay != 1 {
		t.Errorf("%+v, want one under way", list)
	}
	if p := s.refused("GET", "/api/worlds/w/sms/wait?within=0", "", 404, "nothing_arrived"); !strings.Contains(p.Detail, "1 under way") {
		t.Errorf("detail %q", p.Detail)
	}
	waiting := s.wait("/api/worlds/w/sms/wait?within=60s")
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"4m59.999s"}`, 200, nil)
	select {
	case got := <-waiting:
		t.Fatalf("a millisecond too early: %s", got.text)
	default:
	}
	s.call("PATCH", "/api/worlds/w/clock", `{"advance":"1ms"}`, 200, nil)
	if got := <-waiting; got.status != 200 {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}

func TestWaitEndsWithItsTime(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	if got := <-s.wait("/api/worlds/w/mail/wait?within=30ms"); got.status != 404 || !strings.Contains(got.text, "within 30ms") {
		t.Errorf("status %d: %s", got.status, got.text)
	}
}

// wait asks in the background. What it returns is nothing where the
// request failed.
func (s sandbox) wait(path string) <-chan reply {
	s.Helper()
	r := s.request(http.MethodGet, path, "")
	answered := make(chan reply, 1)
	go func() {
		defer close(answered)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return
		}
		defer resp.Body.Close()
		if text, err := io.ReadAll(resp.Body); err == nil {
			answered <- reply{status: resp.StatusCode, text: string(text)}
		}
	}()
	return answered
}
