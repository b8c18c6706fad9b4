package gateway_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/sandbox/gateway"
	"example.com/netanswer/sandbox/world"
)

// ask asks the issuer of a world about 花子さん's PIN.
func ask(t *testing.T, address, name, pin string) (status int, says string, err error) {
	t.Helper()
	q, err := http.NewRequestWithContext(
		t.Context(),
		http.MethodPost,
		address+issuer.PINPath,
		strings.NewReader(`{"card_number":"4242420000010017","pin":"`+pin+`"}`),
	)
	if err != nil {
		t.Fatal(err)
	}
	q.Header.Set("Content-Type", "application/json")
	if name != "" {
		q.Header.Set(issuer.WorldHeader, name)
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, strings.TrimSpace(string(body)), err
}

func TestTheIssuerOfAWorld(t *testing.T) {
	service, g := open(t, func(c *gateway.Config) { c.Limits.Hold = 10 * time.Millisecond })
	server := httptest.NewServer(g.Issuer())
	defer server.Close()
	if _, err := service.Control().Arrange(t.Context(), "strict", world.Setup{Policy: []byte(`{"pin_attempts":2}`)}); err != nil {
		t.Fatal(err)
	}
	wrong := func(name string, want int, says string) {
		t.Helper()
		if status, text, err := ask(t, server.URL, name, "0000"); err != nil || status != want || !strings.Contains(text, says) {
			t.Errorf("%q: %d %s %v, want %d %s", name, status, text, err, want, says)
		}
	}
	// The number of tries is the world's policy, and each world counts its own.
	wrong("strict", 200, `{"right":false,"tries_left":1,"stopped":false}`)
	wrong("", 200, `{"right":false,"tries_left":2,"stopped":false}`)
	wrong("default", 200, `{"right":false,"tries_left":1,"stopped":false}`)
	wrong("strict", 200, `{"right":false,"tries_left":0,"stopped":false}`)
	wrong("strict", 200, `{"right":false,"tries_left":0,"stopped":true}`)
	wrong("No World", 400, `"code":"world_name"`)

	// Faults happen as planned, and whether a PIN was counted is what they say.
	plan(
		t,
		service,
		"w",
		world.ProviderIssuer,
		fault.Fault{Kind: fault.Refuse, Times: 1},
		fault.Fault{Kind: fault.TimeOut, Times: 1},
		fault.Fault{Kind: fault.Lose, Times: 1},
	)
	wrong("w", 503, `"code":"unavailable"`)
	for _, kind := range []fault.Kind{fault.TimeOut, fault.Lose} {
		if status, text, err := ask(t, server.URL, "w", "0000"); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %d %s %v", kind, status, text, err)
		}
	}
	wrong("w", 200, `{"right":false,"tries_left":1,"stopped":false}`)
	m, err := service.Snapshot(t.Context(), "w")
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, e := range m.Timeline.Events {
		told = append(told, e.What)
		if strings.Contains(e.What, "4242420000010017") || strings.Contains(e.What, "0000 ") {
			t.Errorf("the timeline tells %s", e.What)
		}
	}
	want := []string{"issuer の障害の計画: refuse×1、time_out×1、lose×1", "fault as planned: refuse", "fault as planned: time_out",
		"暗証番号が一致しませんでした: 4242-42**-****-017", "fault as planned: lose", "暗証番号が一致しませんでした: 4242-42**-****-017"}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("the timeline (-want +got):\n%s", diff)
	}
}
