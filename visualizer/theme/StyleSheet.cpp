// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/StyleSheet.h"

#include "theme/Palette.h"

#include <QRegularExpression>

namespace loopscope {

namespace {

/// `@name` is a colour of the palette, `<n>` a length in pixels at 100 %.
constexpr auto kTemplate = R"(
QMainWindow, QDialog, QWidget#central { background: @window; }
QMainWindow::separator { background: @line; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: @accent; }
QToolTip { background: @card; color: @text; border: 1px solid @line; padding: <4>px <6>px; }

QWidget#topBar { background: @bar; border-bottom: 1px solid @line; }
QLabel#fileName { font-weight: 600; padding: 0 <4>px; }
QLabel#timeLabel { color: @text; }
QToolButton#truthLabel { color: @link; border: 1px solid @accent; border-radius: <7>px; padding: <1>px <8>px; font-size: <11>px; }
QMenuBar { background: transparent; }
QMenuBar::item { padding: <5>px <7>px; border-radius: <6>px; background: transparent; color: @dim; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @buttonHover; color: @text; }
QToolButton#qt_menubar_ext_button { background: transparent; border: 0; border-radius: <6>px; padding: 0; qproperty-icon: url(:/icons/parts/more.svg); }
QToolButton#qt_menubar_ext_button:hover { background: @buttonHover; }
QMenu { background: @card; color: @text; border: 1px solid @line; padding: <4>px; }
QMenu::item { padding: <5>px <28>px <5>px <26>px; border-radius: <4>px; }
QMenu::item:selected { background: @accent; color: @accentText; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: <4>px <6>px; }
QMenu::indicator { left: <8>px; width: <12>px; height: <12>px; }

QToolButton { color: @text; background: @button; border: 1px solid @line; border-radius: <6>px; padding: <4>px <9>px; }
QToolButton:hover { background: @buttonHover; }
QToolButton:pressed { background: @line; }
QToolButton:disabled { color: @faint; }
QToolButton:focus { border-color: @accent; }
QToolButton:checked { background: @buttonHover; color: @link; }
QToolButton[compact="true"] { padding: 0 <7>px; font-size: <11>px; }
QLineEdit[compact="true"] { padding: 0 <6>px; font-size: <11>px; }
QToolButton[segment="first"] { border-top-right-radius: 0; border-bottom-right-radius: 0; }
QToolButton[segment="middle"] { border-radius: 0; border-left: 0; }
QToolButton[segment="last"] { border-top-left-radius: 0; border-bottom-left-radius: 0; border-left: 0; }
QToolButton[main="true"] { background: @accent; color: @accentText; border-color: @accent; }
QToolButton[main="true"]:hover { background: @link; color: @window; }
QToolButton[main="true"]:disabled { background: @button; color: @faint; border-color: @line; }
QToolButton::menu-indicator { image: none; }
QToolButton[plain="true"] { background: transparent; border: 0; color: @link; padding: 0 <4>px; }

QRadioButton::indicator, QCheckBox::indicator { width: <8>px; height: <8>px; border: 1px solid @dim; background: @window; padding: <2>px; }
QRadioButton::indicator { border-radius: <7>px; }
QCheckBox::indicator { border-radius: <3>px; }
QRadioButton::indicator:checked, QCheckBox::indicator:checked { background: @link; background-clip: content; background-origin: content; border-color: @link; }
QRadioButton::indicator:focus, QCheckBox::indicator:focus { border-color: @accent; }
QRadioButton::indicator:disabled, QCheckBox::indicator:disabled { border-color: @line; }
QFrame#runChoices { background: @card; border: 1px solid @line; border-radius: 0; }

QPushButton { color: @text; background: @button; border: 1px solid @line; border-radius: <6>px; padding: <5>px <14>px; }
QPushButton:hover { background: @buttonHover; }
QPushButton:default { background: @accent; color: @accentText; border-color: @accent; }
QPushButton:focus { border-color: @link; }

QWidget#banner { background: @cautionFill; border-bottom: 1px solid @line; }
QWidget#banner[severity="error"] { background: @errorFill; }
QLabel#bannerText { color: @caution; }
QWidget#banner[severity="error"] QLabel#bannerText { color: @error; }

QWidget#sectionHead { background: @window; }
QLabel#sectionTitle, QLabel#sectionNote { color: @dim; font-size: <11>px; font-weight: 600; }
QLabel#sectionNote { font-weight: 500; }
QToolButton[headSwitch="true"] { background: transparent; border: 1px solid transparent; border-radius: <4>px; color: @dim; padding: 0 <5>px; }
QToolButton[headSwitch="true"]:hover { color: @text; }
QToolButton[headSwitch="true"]:checked { color: @link; font-weight: 600; }
QToolButton[headSwitch="true"]:focus { border-color: @accent; }
QLabel#badge { color: @caution; background: @cautionFill; border: 1px solid @accent; border-radius: <7>px; padding: 0 <7>px; font-size: <11>px; }
QWidget#sectionHead QToolButton { font-size: <11>px; }

QTabBar#sourceTabs { background: @window; }
QTabBar#sourceTabs::tab { background: transparent; color: @dim; padding: <5>px <10>px; margin: 0 0 <4>px <6>px; border: 0; border-radius: <6>px; }
QTabBar#sourceTabs::tab:selected { background: @buttonHover; color: @text; }
QTabBar#sourceTabs::tab:hover:!selected { color: @text; }
QTabBar#sourceTabs::tab:selected:focus { color: @link; }
QTabBar::scroller { width: <22>px; }
QTabBar QToolButton { background: @window; border: 0; border-radius: 0; padding: 0; }
QTabBar QToolButton:hover { background: @buttonHover; }
QTabBar QToolButton::left-arrow { image: url(:/icons/parts/left.svg); width: <10>px; height: <10>px; }
QTabBar QToolButton::right-arrow { image: url(:/icons/parts/right.svg); width: <10>px; height: <10>px; }
QMainWindow > QTabBar { background: @window; font-size: <11>px; }
QMainWindow > QTabBar::tab { background: transparent; color: @dim; padding: <2>px <8>px; margin: <2>px 0 <3>px <4>px; border: 0; border-radius: <6>px; }
QMainWindow > QTabBar::tab:selected { background: @buttonHover; color: @text; }
QMainWindow > QTabBar::tab:hover:!selected { color: @text; }
QFrame#tourCallout { background: @card; border: 2px solid @link; border-radius: <10>px; }
QLabel#keyCap { background: @chip; color: @text; border-radius: <4>px; padding: <2>px <7>px; font-size: <11>px; }
QScrollArea, QScrollArea > QWidget > QWidget { background: @window; }
QLabel#filterFound, QLabel#promiseRemark { color: @dim; font-size: <11>px; }

QLabel#courseTitle { font-size: <24>px; font-weight: 600; }
QTextBrowser#lessonProse { background: transparent; color: @text; }
QTextBrowser#whyPanel { background: @window; color: @text; }
QTextBrowser#whyPanel:focus { border: 1px solid @line; }

QTableView, QListView { background: @window; border: 0; selection-background-color: @nowFill; selection-color: @text; outline: 0; gridline-color: transparent; }
QTableView::item { padding: 0 <4>px; border: 0; }
QTableView:focus, QListView:focus { border: 1px solid @line; }
QHeaderView { background: @window; border: 0; }
QHeaderView::section { background: @window; color: @faint; border: 0; border-bottom: 1px solid @line; padding: <3>px <4>px; font-size: <11>px; }

QScrollBar:vertical { background: transparent; width: <10>px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: <10>px; margin: 0; }
QScrollBar::handle { background: @track; border-radius: <4>px; margin: 1px; min-height: <24>px; min-width: <24>px; }
QScrollBar::handle:hover { background: @dim; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QStatusBar { background: @bar; border-top: 1px solid @line; color: @dim; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { color: @dim; font-size: <11>px; padding: <3>px <6>px; }
QLineEdit { background: @field; border: 1px solid @line; border-radius: <6>px; padding: <4>px <8>px; color: @text; }
QDockWidget { border: 0; }
QWidget#askStrip { background: @bar; border-bottom: 1px solid @line; }
QWidget#askStrip QLabel { color: @dim; }
QAbstractSpinBox, QComboBox { background: @field; border: 1px solid @line; border-radius: <6>px; padding: <3>px <8>px; color: @text; }
QAbstractSpinBox:focus, QComboBox:focus, QLineEdit:focus { border-color: @link; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; width: <18>px; border: 0; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @buttonHover; }
QAbstractSpinBox::up-arrow { image: url(:/icons/parts/up.svg); width: <9>px; height: <9>px; }
QAbstractSpinBox::down-arrow, QComboBox::down-arrow { image: url(:/icons/parts/down.svg); width: <9>px; height: <9>px; }
QComboBox::drop-down { subcontrol-origin: border; subcontrol-position: center right; width: <22>px; border: 0; }
QToolButton[workspace="true"]:checked, QToolButton[truth="true"]:checked { background: @accent; color: @accentText; }
QScrollArea#labPanel, QScrollArea#labPanel > QWidget > QWidget { background: @bar; }
QScrollArea#labPanel { border-right: 1px solid @line; }
QFrame#labCard { background: @card; border: 1px solid @line; border-radius: <10>px; }
QFrame#labCard QLabel { background: transparent; }
QGraphicsView#labChart { background: transparent; border: 1px solid transparent; border-radius: <6>px; }
QFrame#labCursor { background: @nowText; border: none; }
QFrame#labCard QLabel#labReading { background: @card; border: 1px solid @line; border-radius: <4>px; padding: <3>px <6>px; color: @text; }
QGraphicsView#labChart:focus { border-color: @accent; }
QLabel#labCardTitle { color: @dim; }
QLabel#labFact, QLabel#labEmpty { color: @dim; }
QLabel#labProblem { color: @error; }
QLabel#labTruth { color: @link; border: 1px solid @accent; border-radius: <7>px; padding: 0 <8>px; margin: <2>px 0; }
QLabel#knobName { color: @dim; }
QDoubleSpinBox#knobField { background: transparent; border: 1px solid transparent; padding: 0 <2>px; }
QDoubleSpinBox#knobField:hover { border-color: @line; }
QDoubleSpinBox#knobField:focus { border-color: @link; background: @field; }
QDoubleSpinBox#knobField:disabled, QLabel#knobName:disabled { color: @faint; }
QSlider { min-height: <16>px; }
QSlider::groove:horizontal { height: <4>px; border-radius: <2>px; background: @track; }
QSlider::sub-page:horizontal { background: @accent; border-radius: <2>px; }
QSlider::handle:horizontal { background: @text; width: <14>px; height: <14>px; margin: -<5>px 0; border-radius: <7>px; }
QSlider::handle:horizontal:focus { background: @link; border: 1px solid @text; }
QSlider::handle:horizontal:disabled { background: @faint; }
QSlider::sub-page:horizontal:disabled { background: @track; }
QFrame#delayField { background: @card; border: 1px solid @accent; }
)";

} // namespace

QString styleSheet(const Palette &p, int zoom)
{
    QString text = QString::fromUtf8(kTemplate);
    const std::pair<const char *, QColor> colours[] = {
        {"@accentText", p.accentText},
        {"@accent", p.accent},
        {"@buttonHover", p.buttonHover},
        {"@button", p.button},
        {"@window", p.window},
        {"@bar", p.bar},
        {"@card", p.card},
        {"@field", p.field},
        {"@chip", p.chip},
        {"@line", p.line},
        {"@track", p.track},
        {"@text", p.text},
        {"@dim", p.dim},
        {"@faint", p.faint},
        {"@link", p.link},
        {"@nowFill", p.nowFill},
        {"@nowText", p.nowText},
        {"@errorFill", p.errorFill},
        {"@error", p.error},
        {"@cautionFill", p.cautionFill},
        {"@caution", p.caution},
    };
    for (const auto &[name, colour] : colours)
        text.replace(QLatin1String(name), colour.name());
    static const QRegularExpression length(QStringLiteral("<(\\d+)>"));
    QString scaled;
    qsizetype done = 0;
    for (auto matches = length.globalMatch(text); matches.hasNext();) {
        const auto match = matches.next();
        scaled += text.mid(done, match.capturedStart() - done);
        scaled += QString::number(qMax(1, match.captured(1).toInt() * zoom / 100));
        done = match.capturedEnd();
    }
    return scaled + text.mid(done);
}

} // namespace loopscope
