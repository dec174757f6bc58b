//go:build race

package e2e

// raceDetector: pools lose what is put into them now and then, so that allocations cannot be counted.
const raceDetector = true
