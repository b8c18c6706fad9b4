package stubs_test

import (
	"log"
	"time"

	"github.com/wiremock/go-wiremock"

	"example.com/netanswer/fixtures"
	"example.com/netanswer/mocks/issuer"
	"example.com/netanswer/mocks/issuer/stubs"
)

// A test gives a world of a running WireMock the core system of the fixtures,
// and lets the answer about one PIN come too late after it was counted.
func Example() {
	client := wiremock.NewClient("http://127.0.0.1:9999")
	members, _, err := fixtures.Members()
	if err != nil {
		log.Fatal(err)
	}
	o := stubs.Options{World: "mine"}
	if err := stubs.Load(client, members, o); err != nil {
		log.Fatal(err)
	}
	late := stubs.On(o.World, issuer.PINPath).
		InScenario(o.PINScenario("hanako-1")).WhenScenarioStateIs(stubs.Started).WillSetStateTo(o.Wrong(1)).
		WillReturnResponse(wiremock.OK().WithFixedDelay(30 * time.Second))
	if err := client.StubFor(late); err != nil {
		log.Fatal(err)
	}
	// What is asked now by the reference backend, started with
	// netanswer serve -issuer http://127.0.0.1:9999, is counted by WireMock.
	asked, err := client.GetCountRequests(wiremock.NewRequest("POST", wiremock.URLPathEqualTo(issuer.PINPath)))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("PINs were asked about %d times", asked)
}
