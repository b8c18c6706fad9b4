package netanswer_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/testcontainers/testcontainers-go"

	"example.com/netanswer/client"
	netanswer "example.com/netanswer/testcontainers"
)

// A backend of one's own sends an SMS by Twilio's REST; the test reads the
// passcode on the member's telephone. The image is what `docker build` makes of
// this module's Dockerfile.
func ExampleRun() {
	ctx := context.Background()
	sandbox, err := netanswer.Run(ctx, image, netanswer.WithWorld("mine", client.Setup{}))
	defer func() {
		if err := testcontainers.TerminateContainer(sandbox); err != nil {
			fmt.Println(err)
		}
	}()
	if err != nil {
		fmt.Println(err)
		return
	}
	rest, err := sandbox.RESTURL(ctx) // what the backend is configured with
	if err != nil {
		fmt.Println(err)
		return
	}
	controls, err := sandbox.Control(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}

	answer, err := http.PostForm(strings.Replace(rest, "://", "://ACmine:any-token@", 1)+"/2010-04-01/Accounts/ACmine/Messages.json",
		url.Values{"To": {"+819000001001"}, "From": {"SAISON"}, "Body": {"パスコード 123456"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	answer.Body.Close()

	sms, err := controls.AwaitSMS(ctx, "mine", "090-0000-1001", "", 5*time.Second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the passcode is", sms.Passcode.Code)
	// Output: the passcode is 123456
}

// A test of expiry needs no wait: the world's clock stands still until it is
// moved, and its passcodes live for one minute.
func ExampleWithPolicy() {
	ctx := context.Background()
	sandbox, err := netanswer.Run(ctx, image, netanswer.WithPolicy("passcode_lifetime", "1m"),
		netanswer.WithWorld("frozen", client.Setup{Clock: &client.ClockMove{Running: new(false)}}))
	defer func() {
		if err := testcontainers.TerminateContainer(sandbox); err != nil {
			fmt.Println(err)
		}
	}()
	if err != nil {
		fmt.Println(err)
		return
	}
	controls, err := sandbox.Control(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	world, err := controls.World(ctx, "frozen")
	if err != nil {
		fmt.Println(err)
		return
	}
	later, err := controls.Advance(ctx, "frozen", 59*time.Second)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("passcodes live for", world.Policy["passcode_lifetime"], "and it is", later.Now.Sub(world.Clock.Now), "later")
	// Output: passcodes live for 1m0s and it is 59s later
}
