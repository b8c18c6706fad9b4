package client_test

import (
	"errors"
	"testing"
	"time"

	"example.com/netanswer/client"
)

func TestCallsAreControlledAsMessagesAre(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	if err := c.Arrange(ctx, "calls", client.Setup{Clock: &client.ClockMove{Running: new(false)}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.AwaitCall(ctx, "calls", "", "", 0); !errors.Is(err, client.ErrNothingArrived) {
		t.Errorf("before any call: %v", err)
	}
	if err := c.PlanFaults(ctx, "calls", client.ProviderCall, client.Fault{Kind: "delay", By: "20s", From: "0300001009"}); err != nil {
		t.Fatal(err)
	}
	if planned, err := c.Faults(ctx, "calls", client.ProviderCall); err != nil || len(planned) != 1 || planned[0].From != "0300001009" {
		t.Errorf("planned %+v %v", planned, err)
	}
	placed, err := c.PlaceCall(ctx, "calls", client.Dial{From: "03-0000-1009"})
	if err != nil || placed.AnsweredAt.Sub(placed.StartedAt) != 20*time.Second {
		t.Fatalf("%+v %v", placed, err)
	}
	if found, err := c.AwaitCall(ctx, "calls", "0300001009", "", 0); err != nil || found.ID != placed.ID {
		t.Errorf("%+v %v", found, err)
	}
	if _, err := c.AwaitCallEnd(ctx, "calls", "", "", 0); !errors.Is(err, client.ErrNothingArrived) {
		t.Errorf("it has not ended: %v", err)
	}
	if _, err := c.HangUp(ctx, "calls", placed.ID); err != nil {
		t.Fatal(err)
	}
	if found, err := c.AwaitCallEnd(ctx, "calls", "", "", 0); err != nil || found.Outcome != "unanswered" {
		t.Errorf("%+v %v", found, err)
	}
	if found, err := c.CallsFrom(ctx, "calls", "0300001008"); err != nil || len(found) != 0 {
		t.Errorf("of another one: %+v %v", found, err)
	}
	if err := c.ForgetCalls(ctx, "calls", "0300001009"); err != nil {
		t.Fatal(err)
	}
	if found, err := c.Calls(ctx, "calls"); err != nil || len(found) != 0 {
		t.Errorf("after forgetting: %+v %v", found, err)
	}
}
