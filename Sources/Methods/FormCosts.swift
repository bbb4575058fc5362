// T tokens, R rank, Z non-zeros; `inputs` and `outputs` are the site's widths.
import Modeling

/// What the ways to compute a layer of factors and sparse values cost in one forward and backward pass, counted from its
/// shape: the way that costs less is taken.
///
/// The unit is an operation of a dense matrix product. What is no such product is weighed roughly, by the operations of a
/// product that take about as long on processors with AVX2 and AVX-512; what both ways do alike is left out. The choice
/// depends on nothing but the numbers here, so that it is the same on every machine.
struct FormCosts {
  let inputs, outputs, tokens, rank, entries: Int

  init(_ site: Site, tokens: Int, rank: Int, entries: Int) {
    (inputs, outputs, self.tokens, self.rank, self.entries) = (site.inputs, site.outputs, tokens, rank, entries)
  }

  /// Products of an operation on a sparse entry and a token: entries lie scattered in the second cache level.
  private static let sparse = 2
  /// Products of turning one number feature-major, or back.
  private static let turn = 100

  /// `W` is built in each pass; `x Wᵀ`, `dy W` and `dyᵀ x`; then `dB`, `dA` and the values' gradients from the dense one.
  var densified: Int { 6 * tokens * inputs * outputs + 8 * inputs * outputs * rank }

  /// Two products with `A` or `B` in the place of each dense one; three sparse ones, for which `x`, `y`, `dx` and `dy` are
  /// turned, `x` twice.
  var factored: Int {
    let sparse = 6 * Self.sparse * tokens * entries
    let turns = Self.turn * tokens * (3 * inputs + 2 * outputs)
    return 6 * tokens * rank * (inputs + outputs) + (entries > 0 ? sparse + turns : 0)
  }
}
