const FONT = "'Segoe UI', 'Segoe UI Web (West European)', -apple-system, Roboto, Arial, sans-serif";

const color = (plain: string, subtle = plain) => ({ default: plain, subtle });

const foregroundColors = {
  default: color('#242424', '#616161'),
  dark: color('#242424', '#616161'),
  light: color('#ffffff', '#e0e0e0'),
  accent: color('#4f52b2', '#4f52b2'),
  good: color('#0e700e', '#0e700e'),
  warning: color('#8a3707', '#8a3707'),
  attention: color('#b10e1c', '#b10e1c'),
};

const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

/** Resembles Teams' light theme: its sizes and colours, as far as a card can tell them apart. */
export const teamsHost = {
  fontFamily: FONT,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 400, default: 400, bolder: 600 },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  containerStyles: {
    default: style('transparent'),
    emphasis: style('#f5f5f5'),
    accent: style('#e8ebfa'),
    good: style('#f1faf1'),
    attention: style('#fdf3f4'),
    warning: style('#fff9f5'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small' },
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  factSet: {
    title: { color: 'default', size: 'default', weight: 'bolder', wrap: true, maxWidth: 150 },
    value: { color: 'default', size: 'default', weight: 'default', wrap: true },
    spacing: 16,
  },
  textBlock: { headingLevel: 3 },
};
