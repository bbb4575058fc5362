import Foundation
import TestSupport
import Testing

@Suite("The page of a scale")
struct PageTests {
  @Test("It shows what was trained, with the records behind it, and every run as a drawing of its own")
  func page() throws {
    let project = try TinyProject(copying: Uninterrupted.shared.get().project)
    let outcome = try Program.run("report", "page", "--scale", "smoke", in: project.root)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("  results/smoke/report.html\n"))
    let page = String(decoding: project.results.files["report.html"] ?? Data(), as: UTF8.self)
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
    let part = try #require(page.firstMatch(of: /<section class="part" id="tiny"[\s\S]*?<\/section>/)).output
    #expect(part.contains("A tiny table") && part.contains("our runs of SLTrain at 60M proxy, seed <a href=\"runs/"))
    #expect(part.contains("id=\"tiny-every-run\""))
    #expect(project.results.files["report/tiny-cells-60m-proxy.dat"]?.isEmpty == false)
    let again = try Program.run("report", "page", "--scale", "smoke", in: project.root)
    #expect(again.output == outcome.output)
    #expect(String(decoding: project.results.files["report.html"] ?? Data(), as: UTF8.self) == page)
  }

  @Test("A scale that there is not is refused with those that there are")
  func scale() throws {
    let project = try TinyProject()
    let outcome = try Program.run("report", "page", "--scale", "quik", in: project.root)
    #expect(outcome.code == 64)
    #expect(outcome.errors == ["error: unknown scale 'quik'; did you mean 'quick'?"])
  }
}
