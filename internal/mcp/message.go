package mcp

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"example.com/netanswer/client"
)

// longest is how long a tool waits for a message, by the machine's clock.
const longest = 10 * time.Second

type (
	toSomebody struct {
		InWorld
		To string `json:"to,omitempty" jsonschema:"a telephone number or mail address; left out: any"`
	}
	smsList struct {
		Messages []client.SMS `json:"messages"`
	}
	mailList struct {
		Mails []client.Mail `json:"mails"`
	}
	callList struct {
		Calls []client.Call `json:"calls"`
	}
	dialled struct {
		InWorld
		From string `json:"from" jsonschema:"the telephone that calls the free-dial number"`
	}
)

func messages(s *mcp.Server, c *client.Client) {
	tool(s, "list_sms", "the SMS on a phone now, oldest first", func(ctx context.Context, in toSomebody) (smsList, error) {
		all, err := c.SMS(ctx, in.World, in.To)
		return smsList{append([]client.SMS{}, all...)}, err
	})
	tool(s, "list_mail", "the mails in a mailbox now, oldest first", func(ctx context.Context, in toSomebody) (mailList, error) {
		all, err := c.Mails(ctx, in.World, in.To)
		return mailList{append([]client.Mail{}, all...)}, err
	})
	tool(
		s,
		"wait_for_passcode",
		"the one-time passcode of the newest SMS, or of the newest mail where to is an address; waits up to ten seconds",
		func(ctx context.Context, in toSomebody) (client.Passcode, error) { return passcode(ctx, c, in) },
	)
	tool(s, "list_calls", "the calls of a world, oldest first", func(ctx context.Context, in InWorld) (callList, error) {
		all, err := c.Calls(ctx, in.World)
		return callList{append([]client.Call{}, all...)}, err
	})
	tool(
		s,
		"place_call",
		"call the free-dial number from a telephone, and hear the guidance to its end",
		func(ctx context.Context, in dialled) (client.Call, error) {
			return c.PlaceCall(ctx, in.World, client.Dial{From: in.From, Listen: "all"})
		},
	)
}

func passcode(ctx context.Context, c *client.Client, in toSomebody) (client.Passcode, error) {
	var found *client.Passcode
	var err error
	if strings.Contains(in.To, "@") {
		var m client.Mail
		m, err = c.AwaitMail(ctx, in.World, in.To, "", longest)
		found = m.Passcode
	} else {
		var m client.SMS
		m, err = c.AwaitSMS(ctx, in.World, in.To, "", longest)
		found = m.Passcode
	}
	if err == nil && found == nil {
		err = fmt.Errorf("the newest message to %s has no passcode", in.To)
	}
	if err != nil {
		return client.Passcode{}, err
	}
	return *found, nil
}
