package browser_test

import (
	"fmt"
	"sync"
	"testing"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/browser"
)

func TestManyPersonsAtOnceStayApart(t *testing.T) {
	t.Parallel()
	sb := newSandbox(t)
	d := newDriver(t, browser.Config{Name: browser.Phone})
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			if err := registers(t, sb, d, fmt.Sprintf("many-%d", i)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// registers does a whole registration in a world of its own.
func registers(tb testing.TB, sb sandbox, d driver.Driver, name string) error {
	ctx := tb.Context()
	s, err := d.Open(ctx, driver.World{Name: name, Base: sb.url})
	if err != nil {
		return err
	}
	defer func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	}()
	var last driver.Screen
	for _, verb := range []func() (driver.Screen, error){
		func() (driver.Screen, error) { return s.Start(ctx) },
		func() (driver.Screen, error) { return s.Submit(ctx, hanako()) },
		func() (driver.Screen, error) { return s.Proceed(ctx) },
		func() (driver.Screen, error) { return s.EnterPasscode(ctx, sb.passcode(tb, name, hanakosPhone)) },
	} {
		if last, err = verb(); err != nil {
			return err
		}
	}
	if last.Title != "完了" {
		return fmt.Errorf("the screen is 「%s」: %s", last.Title, last.Text)
	}
	return nil
}

// BenchmarkRegistration is the wall time of a session with a whole
// registration, one after another and two at a time.
func BenchmarkRegistration(b *testing.B) {
	for _, name := range []string{browser.Desktop, browser.Phone} {
		for _, at := range []int{1, 2} {
			b.Run(fmt.Sprintf("%s/%d", name, at), func(b *testing.B) {
				sb := newSandbox(b)
				d := newDriver(b, browser.Config{Name: name})
				if err := registers(b, sb, d, "warm"); err != nil {
					b.Fatal(err)
				}
				b.ResetTimer()
				turns := make(chan string)
				var wg sync.WaitGroup
				for range at {
					wg.Go(func() {
						for world := range turns {
							if err := registers(b, sb, d, world); err != nil {
								b.Error(err)
							}
						}
					})
				}
				for i := range b.N {
					turns <- fmt.Sprintf("w%d", i)
				}
				close(turns)
				wg.Wait()
			})
		}
	}
}
