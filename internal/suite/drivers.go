package suite

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"example.com/netanswer/steps/driver"
	"example.com/netanswer/steps/driver/api"
	"example.com/netanswer/steps/driver/browser"
	"example.com/netanswer/steps/provision"
)

// DriverNames are all drivers: the JSON API, a desktop browser, a phone's
// browser, and the app on two phones.
var DriverNames = []string{"api", "pc", "sp", "iphone", "android"}

// personTimeout is how long a person at a screen waits for one thing, on a
// machine that has much else to do.
const personTimeout = 20 * time.Second

// strangersTimeout is that at pages of which nobody knows how they answer.
const strangersTimeout = 8 * time.Second

// OpenDriver makes the driver of that name, of a browser as c says besides. A
// browser is looked for, never installed: setup does that.
func OpenDriver(name string, c browser.Config) (driver.Driver, error) {
	if name == "api" {
		return api.New(), nil
	}
	if !slices.Contains(DriverNames, name) {
		return nil, fmt.Errorf("unknown driver %q, want one of %s", name, strings.Join(DriverNames, ", "))
	}
	engine := cmp.Or(c.Browser.Engine, provision.Chromium)
	find := func(cache string) (provision.Browser, error) { return provision.FindEngine(cache, engine) }
	if c.Server != "" {
		find = provision.FindDriver
	}
	found, err := find(os.Getenv(provision.CacheVariable))
	if err != nil {
		return nil, fmt.Errorf("driver %s: %w", name, err)
	}
	found.Engine = engine
	if c.Name, c.Browser = name, found; c.Timeout == 0 {
		c.Timeout = personTimeout
		if c.Foreign != nil {
			c.Timeout = strangersTimeout
		}
	}
	return browser.New(c)
}

// through is a browser of which only the engine is known yet.
func through(engine string) provision.Browser { return provision.Browser{Engine: engine} }

// driversOf are all drivers that an engine can be for.
func driversOf(engine string) []string {
	return slices.DeleteFunc(slices.Clone(DriverNames), func(name string) bool { return name != "api" && !browser.Shows(engine, name) })
}

// CheckEngine tells whether there is an engine of that name, see provision.
func CheckEngine(name string) error { return provision.CheckEngine(name) }

// CheckBrowser tells whether an address can be that of a browser that runs elsewhere.
func CheckBrowser(address string) error { return browser.CheckServer(address) }

// OpenDrivers opens each of them, or none.
func OpenDrivers(names []string, c browser.Config) (all []driver.Driver, err error) {
	for _, name := range names {
		d, err := OpenDriver(name, c)
		if err != nil {
			return nil, errors.Join(err, CloseDrivers(all))
		}
		all = append(all, d)
	}
	return all, nil
}

// CloseDrivers closes them all.
func CloseDrivers(all []driver.Driver) error {
	var errs []error
	for _, d := range all {
		errs = append(errs, d.Close())
	}
	return errors.Join(errs...)
}
