package browser

import (
	"context"

	"example.com/netanswer/steps/driver"
)

// Search implements driver.Session. The search page is typed as an address.
func (s *session) Search(ctx context.Context, words string) (driver.Screen, error) {
	return s.do(ctx, "search", func(ctx context.Context) error {
		if err := s.goTo(searchPage); err != nil {
			return err
		}
		if err := s.write(ctx, s.labelled(searchWords), searchWords, words); err != nil {
			return err
		}
		return s.press(ctx, searchButton)
	})
}

// Home implements driver.Session. The home page is typed as an address.
func (s *session) Home(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "open the home page", s.goHome)
}

func (s *session) goHome(context.Context) error { return s.goTo(homeTitle) }

// goTo types an address.
func (s *session) goTo(place string) error {
	address, err := s.address(place)
	if err != nil {
		return err
	}
	return s.visit(address)
}

// Entrance implements driver.Session. It opens the home page unless that is
// before the person.
func (s *session) Entrance(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "go to the log-in page", s.enter)
}

func (s *session) enter(ctx context.Context) error {
	if s.title != homeTitle {
		if err := s.goHome(ctx); err != nil {
			return err
		}
	}
	if s.config.Name == Desktop {
		return s.press(ctx, loginFromPC)
	}
	return s.press(ctx, loginFromPhone)
}

// Start implements driver.Session.
func (s *session) Start(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "begin a registration", func(ctx context.Context) error {
		if err := s.goHome(ctx); err != nil {
			return err
		}
		s.title = homeTitle
		if err := s.enter(ctx); err != nil {
			return err
		}
		return s.press(ctx, register)
	})
}

// Restart implements driver.Session.
func (s *session) Restart(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "begin again", func(ctx context.Context) error { return s.press(ctx, restart) })
}

// Login implements driver.Session. It goes on from the completion, stays where
// there is a log-in to fill in, and goes there from the home page otherwise.
func (s *session) Login(ctx context.Context, id, secret string) (driver.Screen, error) {
	return s.do(ctx, "log in", func(ctx context.Context) error {
		s.hide(secret)
		switch {
		case s.there(ctx, s.named(firstLogin, "link", "button")):
			if err := s.press(ctx, firstLogin); err != nil {
				return err
			}
		case s.there(ctx, s.named(login, "button")):
		default:
			if err := s.enter(ctx); err != nil {
				return err
			}
		}
		if err := s.write(ctx, s.labelled(netAnswerID), netAnswerID, id); err != nil {
			return err
		}
		if err := s.write(ctx, s.labelled(password), password, secret); err != nil {
			return err
		}
		return s.press(ctx, login)
	})
}
