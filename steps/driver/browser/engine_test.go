package browser

import (
	"os"
	"testing"

	"example.com/netanswer/steps/provision"
)

func TestDriversThatAskForTheSameShareABrowser(t *testing.T) {
	t.Parallel()
	found, err := provision.Find("")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("there must be a browser in CI: %v", err)
		}
		t.Skipf("there is no browser: %v", err)
	}
	hires := func(name string, hosts ...string) (*engine, func()) {
		t.Helper()
		hosts = append(hosts, "engine.example.jp") // that no other test asks for
		e, leave, err := hire(Config{Name: name, Browser: found, Foreign: &Foreign{Hosts: hosts}})
		if err != nil {
			t.Fatal(err)
		}
		return e, func() {
			t.Helper()
			if err := leave(); err != nil {
				t.Error(err)
			}
		}
	}
	first, leaveFirst := hires(Desktop)
	second, leaveSecond := hires(IPhone)
	other, leaveOther := hires(IPhone, "elsewhere.example.jp")
	if first != second || first == other {
		t.Errorf("the same is asked for: one browser %t; something else: another %t", first == second, first != other)
	}
	leaveOther()
	leaveFirst()
	if !second.browser.IsConnected() || other.browser.IsConnected() {
		t.Error("a browser must end with the last that uses it, and not before")
	}
	if err := second.browser.Close(); err != nil { // as one that has crashed
		t.Fatal(err)
	}
	third, leaveThird := hires(Phone)
	if third == second || !third.browser.IsConnected() {
		t.Error("a browser that has ended is handed out")
	}
	leaveSecond()
	if !third.browser.IsConnected() {
		t.Error("who leaves a browser that has ended takes that of others")
	}
	leaveThird()
	if third.browser.IsConnected() {
		t.Error("a browser is left that nobody uses")
	}
}
