package api

import (
	"context"
	"fmt"
	"net/http"

	"example.com/netanswer/steps/driver"
)

// Write implements driver.Session: of all fields, the API has something to say
// of an ID and a password before the form is sent (p29-4).
func (s *session) Write(ctx context.Context, field, text string) (driver.Screen, error) {
	if field != "NetアンサーID" && field != "Netアンサーパスワード" {
		return driver.Screen{}, fmt.Errorf("%w: the API says nothing of 「%s」 before the form is sent", driver.ErrInapplicable, field)
	}
	var told struct {
		Message string `json:"message"`
	}
	p, err := s.do(ctx, request{method: http.MethodPost, path: "/api/credential-strength", body: map[string]any{"credential": text}}, &told)
	if err != nil {
		return driver.Screen{}, err
	}
	if p != nil {
		return driver.Screen{}, fmt.Errorf("%w: the API says of 「%s」: %s", driver.ErrInapplicable, field, p.Detail)
	}
	if told.Message == "" {
		return driver.Screen{}, fmt.Errorf("%w: the API says nothing of 「%s」", driver.ErrInapplicable, field)
	}
	s.seen.Text += "\n" + told.Message
	return s.seen, nil
}
