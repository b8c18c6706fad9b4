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
		return driver.Screen{}, fmt.Errorf("the API says nothing of 「%s」 before the form is sent", field)
	}
	var told struct {
		Message string `json:"message"`
	}
	p, err := s.do(ctx, request{method: http.MethodPost, path: "/api/credential-strength", body: map[string]any{"credential": text}}, &told)
	if err != nil {
		return driver.Screen{}, err
	}
	out, err := s.at(ctx, "input", p)
	out.Text += "\n" + told.Message
	s.seen = out
	return out, err
}
