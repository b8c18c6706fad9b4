package browser

import (
	"fmt"
	"hash/fnv"

	"github.com/playwright-community/playwright-go"
)

// desktop is the window of a desktop browser.
var desktop = playwright.Size{Width: 1280, Height: 800}

// A device is what a session looks through.
type device struct {
	about   string // for evidence
	width   int    // of the screen, in CSS pixels
	options playwright.BrowserNewContextOptions
}

// device is that of a world: for phones the same one for as long as the world
// has its name, so that a scenario can be repeated.
func (e *engine) device(c Config, world string) device {
	d := device{options: playwright.BrowserNewContextOptions{
		Locale:         playwright.String("ja-JP"),
		TimezoneId:     playwright.String("Asia/Tokyo"),
		ServiceWorkers: playwright.ServiceWorkerPolicyBlock,
		ReducedMotion:  playwright.ReducedMotionReduce, // pictures show an end, not a way
	}}
	if c.Foreign != nil {
		d.options.IgnoreHttpsErrors = &c.Foreign.Insecure
	}
	version := e.name()
	if c.Name == Desktop {
		size := desktop
		d.options.Viewport, d.width = &size, size.Width
		d.about = fmt.Sprintf("%s, a desktop window of %d x %d", version, size.Width, size.Height)
		return d
	}
	name := c.phone(world)
	phone := e.playwright.Devices[name]
	d.options.UserAgent = &phone.UserAgent
	d.options.Viewport, d.width = phone.Viewport, phone.Viewport.Width
	d.options.Screen = phone.Screen
	d.options.DeviceScaleFactor = &phone.DeviceScaleFactor
	d.options.IsMobile = &phone.IsMobile
	d.options.HasTouch = &phone.HasTouch
	d.about = fmt.Sprintf(
		"%s, emulated by %s (not by %s's own browser), %d x %d",
		name,
		version,
		name,
		phone.Viewport.Width,
		phone.Viewport.Height,
	)
	return d
}

// phone is which of the phones a world is visited with.
func (c Config) phone(world string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(world)) // a hash never fails
	return c.Devices[h.Sum32()%uint32(len(c.Devices))]
}
