package client_test

import (
	"errors"
	"strings"
	"testing"

	"example.com/netanswer/client"
)

func TestARegistrationIsPut(t *testing.T) {
	t.Parallel()
	c, _ := connect(t)
	ctx := t.Context()
	places := must(c.Places(ctx))(t)
	if len(places) < 40 || places[0] != (client.Place{At: "input", Channel: "web", State: "input", Title: "入力画面"}) {
		t.Errorf("%d places, the first %+v", len(places), places[0])
	}
	at := must(c.Put(ctx, "w", client.Placing{At: "passcode", Member: "花子さん"}))(t)
	if at.World != "w" || at.Registration.State != "passcode" || at.Member != "山田 花子" ||
		!strings.HasPrefix(at.Link, "http://w.localhost:8080/continue?registration=reg-") {
		t.Errorf("put %+v", at)
	}
	apart := must(c.Put(ctx, "w", client.Placing{At: "card", Channel: "app", Device: "android", Fork: true}))(t)
	if apart.World == "w" || must(c.World(ctx, apart.World))(t).From.World != "w" ||
		!strings.Contains(apart.Link, apart.World+".localhost:8080/app/continue?phone=") {
		t.Errorf("put %+v", apart)
	}
	before := len(must(c.Worlds(ctx, ""))(t))
	var refused *client.Problem
	if _, err := c.Put(ctx, "w", client.Placing{At: "moon", Fork: true}); !errors.As(err, &refused) || refused.Code != "request_invalid" {
		t.Errorf("nowhere: %v", err)
	}
	if after := len(must(c.Worlds(ctx, ""))(t)); after != before {
		t.Errorf("there are %d worlds, were %d", after, before)
	}
}
