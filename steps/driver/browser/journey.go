package browser

import (
	"context"
	"errors"
	"fmt"

	"example.com/netanswer/steps/driver"
)

// Look implements driver.Session. It asks for the page anew and sends nothing:
// where the screen is the answer to a form, it asks for the page of the form.
func (s *session) Look(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "look again", func(context.Context) error {
		if s.here == "" {
			return errors.New("nothing was opened yet")
		}
		return s.visit(s.here)
	})
}

// OpenStep implements driver.Session. It goes to the address at which the step
// was seen in this session, or to the one it is known to have.
func (s *session) OpenStep(ctx context.Context, title string) (driver.Screen, error) {
	return s.do(ctx, "open a step", func(context.Context) error {
		if address := s.kept[title]; address != "" {
			return s.visit(address)
		}
		return s.goTo(title)
	})
}

// Again implements driver.Session. The form that was sent last is sent once
// more to the letter, hidden fields and cookies included, as by a second press
// before the page has gone or by a reload that the browser asked about.
func (s *session) Again(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "send again", func(ctx context.Context) error {
		sent := s.watch.last()
		if s.config.Foreign != nil {
			var err error
			if sent, err = s.sentStrange(); err != nil {
				return err
			}
			s.note(ctx)
		}
		if sent == nil {
			return errors.New("nothing was sent yet")
		}
		return s.resend(ctx, sent)
	})
}

// sendForm makes a form of what was sent and sends it.
const sendForm = `({ address, body }) => {
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  form.hidden = true;
  for (const [name, value] of new URLSearchParams(body)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  HTMLFormElement.prototype.submit.call(form);
}`

// resend sends a form from the page that is open, and waits for what comes.
func (s *session) resend(ctx context.Context, sent *submission) error {
	err := s.sends(ctx, func() error {
		_, err := s.evaluate(ctx, sendForm, map[string]any{"address": sent.address, "body": sent.body})
		return err
	})
	if err != nil {
		return fmt.Errorf("send %s: %w", page(sent.address), err)
	}
	return nil
}
