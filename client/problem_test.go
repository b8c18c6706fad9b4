package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"example.com/netanswer/client"
)

func TestRefusalIsAProblem(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	tests := map[string]struct {
		err    error
		status int
		code   string
		says   string
	}{
		"a world's name":    {c.Arrange(ctx, "NO", client.Setup{}), 400, "world_name", "a-z"},
		"a name with a way": {c.Delete(ctx, "../w"), 400, "world_name", "a-z"},
		"a policy": {
			c.Arrange(ctx, "w", client.Setup{Policy: client.Policy{"passcode_digits": "x"}}),
			422,
			"malformed",
			"body.policy.passcode_digits",
		},
		"a wait too long":    {second(c.AwaitMail(ctx, "w", "", "", time.Hour)), 422, "request_invalid", "60s"},
		"a mail nobody has":  {second(c.RawMail(ctx, "w", "mail-1/../x")), 404, "mail_unknown", "no mail"},
		"a member who can't": {second(c.AddMember(ctx, "w", client.Member{Phone: "x"})), 422, "request_invalid", "phone"},
	}
	for name, test := range tests {
		var p *client.Problem
		if !errors.As(test.err, &p) || p.Status != test.status || p.Code != test.code || !strings.Contains(p.Error(), test.says) {
			t.Errorf("%s: %v", name, test.err)
		}
		if errors.Is(test.err, client.ErrNothingArrived) {
			t.Errorf("%s counts as nothing arrived", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestWhatIsNoSandboxIsToldAsSuch(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	elsewhere := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(elsewhere.Close)
	var p *client.Problem
	if err := client.New(elsewhere.URL).Delete(ctx, "w"); !errors.As(err, &p) || p.Status != 404 || p.Code != "no_problem" {
		t.Errorf("another server: %v", err)
	}
	c, _ := connect(t)
	if err := client.New(elsewhere.URL, client.WithHTTPClient(&http.Client{Transport: refusing{}})).Healthy(ctx); !errors.Is(
		err,
		errRefused,
	) {
		t.Errorf("a transport that fails: %v", err)
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := c.AwaitSMS(gone, "w", "", "", time.Minute); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
}

var errRefused = errors.New("refused")

type refusing struct{}

func (refusing) RoundTrip(*http.Request) (*http.Response, error) { return nil, errRefused }
