package console_test

import (
	"testing"
	"time"

	"example.com/netanswer/mocks/fault"
	"example.com/netanswer/sandbox/world"
)

func TestCallsAreShownWithWhatIsPlannedForThem(t *testing.T) {
	t.Parallel()
	s := newSandbox(t)
	stands := false
	if _, err := s.service.Control().Arrange(t.Context(), "w", world.Setup{Clock: world.ClockMove{Running: &stands}}); err != nil {
		t.Fatal(err)
	}
	var plan []fault.Fault
	for _, f := range []fault.Fault{{Kind: fault.Busy}, {Kind: fault.TimeOut}, {Kind: fault.Refuse, To: "03-0000-1009"}, {Kind: fault.Lose},
		{Kind: fault.Delay, By: 20 * time.Second}} {
		f.Times = 1
		plan = append(plan, f)
	}
	if err := s.service.Control().PlanFaults(t.Context(), "w", world.ProviderCall, plan); err != nil {
		t.Fatal(err)
	}
	_, text := s.page("/worlds/w?tab=calls")
	wants(t, text, "次の1回は、20s 鳴ってから応答します。")
	for _, says := range []string{"話し中", "応答なし", "受け付けられませんでした", "ガイダンスの途中で回線が切れました", "ガイダンスの後に切りました"} {
		if _, err := s.service.Telephone().Place(t.Context(), "w", world.CallRequest{From: "03-0000-1009", Listen: "all"}); err != nil {
			t.Fatal(err)
		}
		_, text := s.page("/worlds/w?tab=calls")
		wants(t, text, says)
	}
	if _, err := s.service.Telephone().Place(t.Context(), "w", world.CallRequest{From: "03-0000-1009", Listen: "part"}); err != nil {
		t.Fatal(err)
	}
	_, text = s.page("/worlds/w?tab=calls")
	wants(t, text, "ガイダンスの途中で切りました")
}
