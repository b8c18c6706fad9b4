package cli

import (
	"fmt"
	"strconv"
	"strings"

	"example.com/netanswer/steps/runner"
)

// jobIndex is the variable by which Kubernetes tells a pod of an indexed Job which
// one it is, from 0.
const jobIndex = "JOB_COMPLETION_INDEX"

// readShard reads i/n, or job/n.
func readShard(text string, p Process) (runner.Shard, error) {
	of, job := strings.CutPrefix(text, "job/")
	if !job {
		return runner.ParseShard(text)
	}
	told := p.variable(jobIndex)
	index, err := strconv.Atoi(told)
	if err != nil {
		return runner.Shard{}, fmt.Errorf("job/%s is for a pod of an indexed Job: %s is %q", of, jobIndex, told)
	}
	s, err := runner.ParseShard(fmt.Sprintf("%d/%s", index+1, of))
	if err != nil {
		return s, fmt.Errorf("%s is %d: %w", jobIndex, index, err)
	}
	return s, nil
}
