package support

// This file holds the rules about sizes and amounts. They are apart from the rules about text because each of them comes in a
// form for integers and one for floating-point numbers.

import (
	"math"
	"strconv"
)

func (c *checker) minimum(name string, v, limit int64) {
	if v < limit {
		c.bound(name, "minimum", "is below ", limit)
	}
}

func (c *checker) maximum(name string, v, limit int64) {
	if v > limit {
		c.bound(name, "maximum", "is above ", limit)
	}
}

func (c *checker) exclusiveMinimum(name string, v, limit int64) {
	if v <= limit {
		c.bound(name, "exclusiveMinimum", "is not above ", limit)
	}
}

func (c *checker) exclusiveMaximum(name string, v, limit int64) {
	if v >= limit {
		c.bound(name, "exclusiveMaximum", "is not below ", limit)
	}
}

func (c *checker) multipleOf(name string, v, factor int64) {
	if factor != 0 && v%factor != 0 {
		c.bound(name, "multipleOf", "is no multiple of ", factor)
	}
}

func (c *checker) bound(name, rule, says string, limit int64) {
	c.add(name, rule, says+strconv.FormatInt(limit, 10))
}

// minimumUnsigned and maximumUnsigned are for uint64, whose upper half no int64 holds.
func (c *checker) minimumUnsigned(name string, v, limit uint64) {
	if v < limit {
		c.add(name, "minimum", "is below "+strconv.FormatUint(limit, 10))
	}
}

func (c *checker) maximumUnsigned(name string, v, limit uint64) {
	if v > limit {
		c.add(name, "maximum", "is above "+strconv.FormatUint(limit, 10))
	}
}

func (c *checker) minimumFloat(name string, v, limit float64) {
	if v < limit {
		c.boundFloat(name, "minimum", "is below ", limit)
	}
}

func (c *checker) maximumFloat(name string, v, limit float64) {
	if v > limit {
		c.boundFloat(name, "maximum", "is above ", limit)
	}
}

func (c *checker) exclusiveMinimumFloat(name string, v, limit float64) {
	if v <= limit {
		c.boundFloat(name, "exclusiveMinimum", "is not above ", limit)
	}
}

func (c *checker) exclusiveMaximumFloat(name string, v, limit float64) {
	if v >= limit {
		c.boundFloat(name, "exclusiveMaximum", "is not below ", limit)
	}
}

// multipleOfFloat allows for the rounding of decimal fractions: 0.3 is a multiple of 0.1.
func (c *checker) multipleOfFloat(name string, v, factor float64) {
	const tolerance = 1e-9
	if factor == 0 {
		return
	}
	quotient := v / factor
	if math.Abs(quotient-math.Round(quotient)) > tolerance*math.Max(1, math.Abs(quotient)) {
		c.boundFloat(name, "multipleOf", "is no multiple of ", factor)
	}
}

func (c *checker) boundFloat(name, rule, says string, limit float64) {
	c.add(name, rule, says+strconv.FormatFloat(limit, 'g', -1, 64))
}

func (c *checker) minItems(name string, n, limit int) {
	if n < limit {
		c.add(name, "minItems", countMessage(n, "items", "at least", limit))
	}
}

func (c *checker) maxItems(name string, n, limit int) {
	if n > limit {
		c.add(name, "maxItems", countMessage(n, "items", "at most", limit))
	}
}

func (c *checker) minProperties(name string, n, limit int) {
	if n < limit {
		c.add(name, "minProperties", countMessage(n, "members", "at least", limit))
	}
}

func (c *checker) maxProperties(name string, n, limit int) {
	if n > limit {
		c.add(name, "maxProperties", countMessage(n, "members", "at most", limit))
	}
}

// uniqueItems wants no item twice. It is a function because methods cannot be generic. Short lists, the usual ones, are
// compared pairwise and take no memory.
func uniqueItems[T comparable](c *checker, name string, items []T) {
	const short = 32
	if len(items) > short {
		uniqueMany(c, name, items)
		return
	}
	for i := range items {
		for j := range i {
			if items[i] == items[j] {
				c.repeated(name, j, i)
				return
			}
		}
	}
}

func uniqueMany[T comparable](c *checker, name string, items []T) {
	first := make(map[T]int, len(items))
	for i, item := range items {
		if j, ok := first[item]; ok {
			c.repeated(name, j, i)
			return
		}
		first[item] = i
	}
}

func (c *checker) repeated(name string, i, j int) {
	c.add(name, "uniqueItems", "items "+strconv.Itoa(i)+" and "+strconv.Itoa(j)+" are equal")
}
