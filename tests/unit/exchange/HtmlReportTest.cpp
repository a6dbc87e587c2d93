// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of `loopscope export --format html`: whole in itself, and safe whatever the script is called and holds.
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QSet>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

class HtmlReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void needsNothingElse();
    void namesAreText();
    void holdsTheReports_data();
    void holdsTheReports();
    void isDrawnByABrowser();

private:
    void run(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    QTemporaryDir m_folder;
    QByteArray m_page;
};

void HtmlReportTest::initTestCase()
{
    QFile file(m_folder.filePath(QStringLiteral("a&b.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("const text = '</pre><script>alert(1)</script>';\n"
               "const work = { ['<img src=x onerror=alert(2)>']() { let s = 0; for (let i = 0; i < 1000000; i++) s += i; } };\n"
               "setTimeout(function heavy() { work['<img src=x onerror=alert(2)>'](); }, 5);\n"
               "setTimeout(function late() {}, 6);\n"
               "(async function waits() { await new Promise((resolve) => setTimeout(resolve, 3)); })();\n");
    file.close();
    run({QStringLiteral("run"), QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("a&b.js"),
        QStringLiteral("--record"), QStringLiteral("a.lscope")});
    run({QStringLiteral("export"), QStringLiteral("a.lscope"), QStringLiteral("-o"), QStringLiteral("a.html")});
    QFile page(m_folder.filePath(QStringLiteral("a.html")));
    QVERIFY(page.open(QIODevice::ReadOnly));
    m_page = page.readAll();
}

void HtmlReportTest::needsNothingElse()
{
    for (const char *way : {"<script", "<link", "<iframe", "<img", "<object", "@import", "url(", "http:", "https:"})
        QVERIFY2(!m_page.contains(way), way);
}

void HtmlReportTest::namesAreText()
{
    QVERIFY(m_page.contains("&lt;/pre&gt;&lt;script&gt;alert(1)"));
    QVERIFY(m_page.contains("a&amp;b.js"));
    QCOMPARE(m_page.count("<pre"), m_page.count("</pre>"));
    QCOMPARE(m_page.count("<svg"), m_page.count("</svg>"));
    QCOMPARE(m_page.count("<table"), m_page.count("</table>"));
}

void HtmlReportTest::holdsTheReports_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("verdict") << QByteArray("CPU-bound on the loop");
    QTest::newRow("blocker") << QByteArray("timeout <code>heavy</code>");
    QTest::newRow("victim") << QByteArray("timeout <code>late</code> was ");
    QTest::newRow("flame graph") << QByteArray("class=\"task\"");
    QTest::newRow("utilization") << QByteArray("class=\"bar\"");
    QTest::newRow("await") << QByteArray("Awaits, by the time waited");
    QTest::newRow("lines") << QByteArray("setTimeout(function late() {}, 6);");
}

void HtmlReportTest::holdsTheReports()
{
    QFETCH(QByteArray, text);
    QVERIFY(m_page.contains(text));
}

void HtmlReportTest::isDrawnByABrowser()
{
    const QString chromium = QStandardPaths::findExecutable(QStringLiteral("chromium"));
    if (chromium.isEmpty())
        QSKIP("Chromium is not installed");
    const QString picture = m_folder.filePath(QStringLiteral("a.png"));
    for (int attempt = 0; attempt < 2 && !QFile::exists(picture); ++attempt) { // browsers do crash
        QProcess process;
        process.start(chromium,
            {QStringLiteral("--headless=new"), QStringLiteral("--no-sandbox"), QStringLiteral("--disable-gpu"),
                QStringLiteral("--disable-dev-shm-usage"), QStringLiteral("--no-first-run"),
                QStringLiteral("--disable-background-networking"), QStringLiteral("--window-size=1200,2000"),
                QStringLiteral("--user-data-dir=") + m_folder.filePath(QStringLiteral("browser%1").arg(attempt)),
                QStringLiteral("--screenshot=") + picture, QStringLiteral("file://") + m_folder.filePath(QStringLiteral("a.html"))});
        QVERIFY(process.waitForFinished(120'000));
    }
    const QImage image(picture);
    QCOMPARE(image.width(), 1200);
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4)
            colours.insert(image.pixel(x, y));
    }
    QVERIFY(colours.contains(qRgb(0x2f, 0x6f, 0xb3)) || colours.contains(qRgb(0x7d, 0xb8, 0xec))); // bars of the charts, light or dark
    QVERIFY(colours.contains(qRgb(0xf0, 0xd9, 0xa8)) || colours.contains(qRgb(0x5c, 0x4a, 0x1e))); // calls of the flame graph
}

QTEST_GUILESS_MAIN(HtmlReportTest)
#include "HtmlReportTest.moc"
