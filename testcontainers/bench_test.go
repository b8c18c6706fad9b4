package netanswer_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	netanswer "example.com/netanswer/testcontainers"
)

// BenchmarkContainer starts sandboxes, one after the other, until each is
// healthy, and tells the size of the image and the memory of the last one: at
// rest, and after a thousand worlds were used.
func BenchmarkContainer(b *testing.B) {
	wanted(b, made.wrong)
	var last *netanswer.Container
	for b.Loop() {
		c, err := netanswer.Run(b.Context(), image)
		testcontainers.CleanupContainer(b, c)
		if err != nil {
			b.Fatal(err)
		}
		last = c
	}
	b.ReportMetric(float64(memory(b, last)), "B-at-rest")
	size, err := strconv.ParseFloat(docker(b, "image", "inspect", "--format", "{{.Size}}", image), 64)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(size, "B-image")
	service := must(last.ServiceURL(b.Context()))(b)
	for i := range 1000 {
		q := must(http.NewRequestWithContext(b.Context(), http.MethodPost, service+"/api/registrations", strings.NewReader("{}")))(b)
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("Netanswer-World", "w"+strconv.Itoa(i))
		answer := must(http.DefaultClient.Do(q))(b)
		answer.Body.Close()
		if answer.StatusCode != http.StatusCreated {
			b.Fatal(answer.Status)
		}
	}
	b.ReportMetric(float64(memory(b, last)), "B-1000-worlds")
}

// memory is what a container holds, as the engine counts it.
func memory(b *testing.B, c *netanswer.Container) uint64 {
	b.Helper()
	engine, err := testcontainers.NewDockerClientWithOpts(context.WithoutCancel(b.Context()))
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	answer, err := engine.ContainerStats(b.Context(), c.GetContainerID(), client.ContainerStatsOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	var stats struct {
		Memory struct{ Usage uint64 } `json:"memory_stats"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&stats); err != nil {
		b.Fatal(err)
	}
	return stats.Memory.Usage
}
