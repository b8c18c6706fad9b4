package clients_test

import (
	"strings"
	"testing"

	"example.com/netanswer/client"
	"example.com/netanswer/test/sandboxtest"
)

func TestAPlanOfChanceCanBeReplayed(t *testing.T) {
	t.Parallel()
	s, controls := sandboxtest.Controlled(t)
	ctx := t.Context()
	play := func(world string, seed uint64) (texts []string, used uint64) {
		t.Helper()
		plan, err := controls.Plan(
			ctx,
			world,
			client.ProviderSMS,
			client.Plan{Seed: seed, Faults: []client.Fault{{Kind: "lose", Percent: 50, Times: 1000}}},
		)
		if err != nil {
			t.Fatal(err)
		}
		for range 30 {
			if err := sandboxtest.SendSMS(s, world); err != nil {
				t.Fatal(err)
			}
		}
		found, err := controls.SMS(ctx, world, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range found {
			texts = append(texts, m.ID)
		}
		return texts, plan.Seed
	}
	first, seed := play("chance-1", 0)
	again, used := play("chance-2", seed)
	if used != seed || strings.Join(first, " ") != strings.Join(again, " ") || len(first) == 0 || len(first) == 30 {
		t.Errorf("seed %d: %v\nseed %d: %v", seed, first, used, again)
	}
}
