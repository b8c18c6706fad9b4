package browser

import (
	"context"
	"fmt"

	"example.com/netanswer/steps/driver"
)

// Search implements driver.Session. The search page is typed as an address.
func (s *session) Search(ctx context.Context, words string) (driver.Screen, error) {
	return s.do(ctx, "search", func(ctx context.Context) error {
		if err := s.goTo(searchPage); err != nil {
			return err
		}
		if err := s.fillIn(ctx, searchWords, words); err != nil {
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

// beginAnew begins again as at first, where no screen leads there.
func (s *session) beginAnew(ctx context.Context) error {
	if s.inApp() {
		return s.goToApp(ctx)
	}
	if err := s.goHome(ctx); err != nil {
		return err
	}
	s.title = homeTitle
	if err := s.enter(ctx); err != nil {
		return err
	}
	return s.press(ctx, register)
}

// Restart implements driver.Session.
func (s *session) Restart(ctx context.Context) (driver.Screen, error) {
	return s.do(ctx, "begin again", func(ctx context.Context) error {
		if s.config.Foreign == nil {
			return s.press(ctx, restart)
		}
		if found, err := s.seek(ctx, "action", append(s.config.calls(restart), gists[restart]...), true); err == nil && len(found) > 0 {
			return s.press(ctx, restart)
		}
		return s.beginAnew(ctx)
	})
}

// Login implements driver.Session. It goes on from the completion, stays where
// there is a log-in to fill in, and goes there from the home page otherwise.
func (s *session) Login(ctx context.Context, id, secret string) (driver.Screen, error) {
	return s.do(ctx, "log in", func(ctx context.Context) error {
		s.hide(secret)
		switch {
		case s.sees(ctx, firstLogin):
			if err := s.press(ctx, firstLogin); err != nil {
				return err
			}
		case s.config.Foreign == nil && s.sees(ctx, login, "button"), s.config.Foreign != nil && s.title == "ログイン":
		case s.config.Foreign != nil && s.inApp() && s.config.Foreign.Addresses[loginPage] == "":
			return fmt.Errorf("%w: addresses に「ログイン」（Webのログイン画面）がありません", driver.ErrInapplicable)
		case s.config.Foreign != nil && s.config.Foreign.Addresses[loginPage] != "":
			if err := s.goTo(loginPage); err != nil {
				return err
			}
			if found, err := s.seek(ctx, "secret", nil, false); err == nil && len(found) == 0 {
				return fmt.Errorf("%w: addresses の「ログイン」に、いまはログインの画面がありません", driver.ErrInapplicable)
			}
		default:
			if s.config.Foreign != nil { // who is logged in logs out before
				if err := s.goHome(ctx); err != nil {
					return err
				}
				s.title = homeTitle
				if s.has(ctx, "ログアウト") {
					if err := s.press(ctx, "ログアウト"); err != nil {
						return err
					}
					s.title = ""
				}
			}
			if err := s.enter(ctx); err != nil {
				return err
			}
		}
		if err := s.fillIn(ctx, netAnswerID, id); err != nil {
			return err
		}
		if err := s.fillIn(ctx, password, secret); err != nil {
			return err
		}
		return s.press(ctx, login)
	})
}
